"""The words looked for, without accents; `*` stands for any ending. What is crossed out first means something else."""

from __future__ import annotations

INNOCENT = (
    "medecine du travail", "medecin du travail", "visite medicale", "visite d information", "mutuelle sante",
    "complementaire sante", "maison de sante", "centre de sante", "secteur medico social", "depression meteo*",
    "depression atmospherique", "traitement des dechets", "traitement de texte", "traitement de surface",
    "traitement du dossier", "traitement de sa demande", "operation de tri", "fou de joie", "folle de joie", "fou rire",
    "vaut la peine", "valait la peine", "pas la peine", "a peine", "peine a", "avec peine", "sans peine", "vol d avion",
    "parquet flottant", "pose de parquet", "parquet stratifie", "poncer le parquet", "dossier de surendettement",
    "cellule photo*", "cellule emploi", "cellule de reclassement", "gardien de la paix", "garde a vue d oeil",
    "jugement du jury", "jugement de valeur", "carte vitale", "securite sociale", "secu", "premiers secours", "pacemaker de",
    "eglise saint*", "toiture de l eglise", "place de l eglise", "facade de l eglise", "parvis de l eglise", "batiment malade",
    "juge de touche", "crise du logement", "crise economique", "crise du secteur", "cancer du bois", "virus informatique",
    "antivirus", "bulletin de sante du", "arbre malade", "plantes malades", "tomates malades", "pomme malade", "abus de langage",
    "mots croises", "ramadan mais", "nul doute", "nul n", "match nul", "nulle part", "nul besoin", "score nul",
    "cretin des alpes", "casse sociale", "case prison du", "vol de nuit", "simple comme bonjour", "infirmiere liberale",
    "infirmier scolaire", "ecole d infirmier*", "metier d infirmier*", "aide soignant*", "formation sst", "main courante de l escalier",
    "rampe d escalier", "malade des plantes", "hopital de jour recrute", "blanchisserie de l hopital", "cuisine de l hopital",
    "cantine de l hopital", "menage a l hopital", "stage a l hopital", "immersion a l hopital", "prison pour oiseaux",
)  # fmt: skip

HEALTH = (
    "depressi*", "bipolaire*", "schizophren*", "psychiatr*", "psychotiq*", "psychose*", "anxiolytique*", "antidepress*",
    "neuroleptique*", "burn out", "burnout", "anorexi*", "boulimi*", "suicid*", "autis*", "tdah", "dyslexi*", "epilep*",
    "diabet*", "cancer*", "tumeur*", "chimiotherap*", "radiotherap*", "leucemi*", "vih", "sida", "seropositi*", "hepatite*",
    "tuberculos*", "sclerose en plaques", "parkinson", "alzheimer", "fibromyalgi*", "arthros*", "lombalgi*", "sciatique*",
    "hernie*", "scoliose*", "tendinite*", "canal carpien", "asthm*", "bpco", "infarctus", "avc", "hypertension", "cardiaque*",
    "insuffisance renale", "dialyse", "alcool", "alcooli*", "biops*", "alcoolodepend*", "addict*", "toxicoman*", "sevrage", "cure de desintoxication",
    "methadone", "subutex", "cannabis", "cocaine", "heroine", "crack", "overdose", "boit trop", "boit beaucoup", "enceinte",
    "grossesse", "fausse couche", "ivg", "menopause", "handicap*", "rqth", "aah", "invalidite", "inaptitude*", "inapte*",
    "maladie*", "malade*", "arret de travail", "en arret", "hospitalis*", "hopital", "clinique", "urgences", "operee du",
    "opere du", "operee de", "opere de", "chirurg*", "chimio", "diagnosti*", "ordonnance*", "medicament*", "traitement",
    "psychologue*", "psychotherap*", "cmp", "neurolog*", "cardiolog*", "oncolog*", "gynecolog*", "trouble* du sommeil",
    "trouble* alimentaire*", "trouble* psych*", "trouble* anxi*", "trouble* bipolaire*", "insomni*", "angoisse*", "phobi*",
    "crise d angoisse", "crise de panique", "mal de dos", "mal au dos", "maux de dos", "douleur* chronique*", "douleur*", "prothese*",
    "sourd*", "malentendant*", "malvoyant*", "aveugle*", "amput*", "paraplegi*", "obesite", "obese", "greffe*", "transplant*",
    "pathologi*", "symptome*", "allergi*", "eczema", "migraine*", "thyroide", "endometriose", "covid long", "ald", "affection longue duree",
    "accident vasculaire", "traumatisme*", "stress post traumatique", "hallucinat*", "delire*", "paranoi*", "medecin traitant",
    "se scarifie", "scarifi*", "automutil*", "tentative de suicide", "idees noires", "perte d audition", "appareil auditif",
    "fauteuil roulant", "kinesitherap*", "kine", "infiltration*", "entorse*", "fracture*", "anemi*", "chole*sterol", "vertige*",
)  # fmt: skip

OFFENCE = (
    "condamn*", "incarcer*", "prison", "detention", "detenu*", "ecrou*", "casier judiciaire", "garde a vue", "bracelet electronique",
    "sursis", "probation", "spip", "conditionnelle", "juge d application", "jap", "tribunal correctionnel", "cour d assises",
    "mis* en examen", "plainte*", "poursuivi*", "delit*", "crime*", "criminel*", "infraction*", "vol", "vole*", "voleur*", "cambriol*",
    "recel", "trafic*", "stupefiant*", "deal*", "escroqu*", "fraude*", "agress*", "viol", "viole*", "violeur*", "violences conjugales",
    "violence conjugale", "violences sur", "frappe sa", "frappe son", "battu* par", "coups et blessures", "tig",
    "travail d interet general", "interpell*", "arrete* par la police", "gendarm*", "police", "bagarre*", "arme*", "meurtr*", "homicide",
    "radicalis*", "proxenet*", "attouchement*", "pedophil*", "obligation de soins", "conduite en etat d ivresse", "retrait de permis",
    "suspension de permis", "sans permis", "maison d arret", "centre penitentiaire", "penitentiaire", "liberation", "parloir",
    "ordonnance de protection", "injonction", "amende penale", "peine de", "purge* sa peine", "jugee pour", "juge pour", "fiche s",
)  # fmt: skip

RELIGION = (
    "musulman*", "islam*", "chretien*", "catholi*", "protestant*", "evangeli*", "orthodoxe*", "juif", "juive*", "juifs", "judaism*",
    "bouddhis*", "hindou*", "temoin* de jehovah", "athee*", "religi*", "croyant*", "pratiquant*", "voile islamique", "porte le voile",
    "voilee*", "foulard", "hijab", "kippa", "croix autour", "ramadan", "careme", "careme*", "shabbat", "sabbat", "mosquee*", "synagogue*", "messe",
    "priere*", "prier", "prie", "imam", "pretre", "rabbin", "pasteur", "halal", "casher", "bapteme", "baptis*", "converti*", "foi", "eglise", "coran",
    "bible", "aid", "yom kippour", "communion", "pelerinage", "secte", "sikh", "mormon*",
)  # fmt: skip

INSULT = (
    "con", "conne", "cons", "connard*", "connasse*", "salope*", "salaud*", "pute*", "putain", "encul*", "abruti*", "debile*", "cretin*",
    "imbecile*", "idiot*", "bon a rien", "bonne a rien", "bons a rien", "feignant*", "faineant*", "fainea*", "glandeu*", "branleu*", "tire au flanc",
    "parasite*", "cassos", "cas soc", "boulet", "minable*", "nul", "nulle", "nuls", "ordure*", "racaille*", "pouffiasse*", "batard*", "merde", "merdeu*",
    "tocard*", "pourriture*", "bouffon*", "clochard*", "poivrot*", "ivrogne*", "pochtron*", "gros porc", "grosse vache", "moche", "laideron",
    "tare*", "attarde*", "mongol*", "gogol*", "aigri*", "folle", "fou", "timbre*", "cingle*", "barjo*", "hysterique*", "menteu*", "manipulat*", "profiteu*",
    "pleurnich*", "sale arabe", "sale noir", "negre*", "bougnoul*", "bamboula*", "pede*", "tapette*", "gouine*", "crasseu*", "souillon*", "pue",
    "mauvaise foi crasse", "incapable*", "raciste*", "assiste*", "chieu*", "chiant*", "emmerd*", "branler", "degueulasse*", "sale type",
)  # fmt: skip
