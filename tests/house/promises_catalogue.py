"""The sixty promises of confidence: each in plain French, with what it does not cover yet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Promise:
    """One numbered promise; `left` says what is still missing, `bound` what it will never cover."""

    number: int
    words: str
    left: str = ""
    bound: str = ""
    waits: bool = False
    """Nothing proves it yet."""

    @property
    def code(self) -> str:
        return f"SEC-{self.number:02}"


ACCESS, DOORS, WEB = "Qui voit quoi", "Se connecter", "Ce qui entre et ce qui sort"
PRIVACY, TRAIL, FAULTS, CHAIN = "Vie privée", "Journal", "Pannes", "Version publiée"

FAMILIES: tuple[tuple[str, tuple[Promise, ...]], ...] = (
    (ACCESS, (
        Promise(1, "Chaque table qui parle d’une personne a une seule règle de lecture, et aucun écran ni adresse ne lit sans elle."),
        Promise(2, "Chaque page et chaque adresse de l’API, avec chaque verbe, a sa ligne dans la table des droits."),
        Promise(3, "Cette table est rejouée en entier : chaque rôle, devant ce qui est à soi, à sa structure, à son groupe, ailleurs "
                   "ou nulle part, plus de 5 000 cas."),
        Promise(4, "Ce qui est hors de portée répond comme ce qui n’existe pas : même page, même nombre de questions à la base."),
        Promise(5, "Un identifiant d’une autre structure glissé dans un envoi est refusé et n’écrit rien."),
        Promise(6, "Rien de ce que fait une structure étrangère ne change un octet de ce que lit la nôtre."),
        Promise(7, "Chaque rôle reçoit exactement les champs qui lui sont destinés."),
        Promise(8, "Un champ non prévu ou en lecture seule est refusé et ne change rien."),
        Promise(9, "On ne filtre, ne trie et ne cherche que par les noms déclarés."),
        Promise(10, "Seuls les verbes déclarés répondent, et la documentation de l’API est ce qui est servi."),
        Promise(11, "La fin d’un rôle ferme la requête suivante, le jeton et le travail en attente."),
        Promise(12, "Aucune suite d’invitations ne donne à lire ce que personne de ceux qui lisent n’a accordé."),
        Promise(13, "Un passage de relais ne montre que ce que la personne a donné ; une structure quittée garde sa seule part."),
        Promise(14, "Lire hors de ses suivis demande un motif, pour un temps, et la personne le sait.",
                bound="dans sa structure ; dans une autre, le fil se demande par un relais"),
        Promise(15, "PostgreSQL refuse lui-même une lecture d’une structure à l’autre.",
                bound="avec PostgreSQL et un compte ordinaire, sauf décision contraire ; contre une requête mal écrite, non contre qui "
                "exécuterait son propre SQL dans le service ; comptes, invitations et messages à envoyer, lus avant de savoir pour qui "
                "l’on travaille, restent dehors"),
    )),
    (DOORS, (
        Promise(16, "Rien ne répond entre le mot de passe, ou le fournisseur d’identité qui en tient lieu, et le second facteur, que tout "
                    "professionnel doit avoir."),
        Promise(17, "Dix essais au plus par compte et par adresse, même le cache arrêté.",
                bound="des essais envoyés au même instant sont regardés ensemble, autant que le service répond à la fois ; tous "
                      "comptent"),
        Promise(18, "Mots de passe de 15 à 128 signes, sans règle de composition, ni l’un des 20 000 les plus courants parmi ceux qui ont "
                    "été volés ; un code ne sert qu’une fois, la réponse d’une clé non plus.",
                bound="la liste est celle que Django porte ; la liste entière des mots de passe volés ne tient dans aucun paquet, et la "
                      "demander à un service du dehors n’est pas fait"),
        Promise(19, "Une session dure une heure sans activité, douze en tout, change de numéro à l’entrée, se voit et se ferme."),
        Promise(20, "Connexion, nouveau mot de passe et invitation répondent pareil pour une adresse connue ou non."),
    )),
    (WEB, (
        Promise(21, "Chaque réponse porte ses protections (CSP sans script écrit dans la page, nosniff, cadre interdit, HSTS) ; ce qui "
                    "est personnel n’est gardé nulle part."),
        Promise(22, "La production refuse de démarrer sur un réglage dangereux, un secret faible ou partagé."),
        Promise(23, "Un envoi sans preuve d’origine est refusé ; quarante textes piégés n’exécutent rien dans un navigateur.",
                bound="les pages où l’on écrit le plus à chaque essai ; toutes, de chaque rôle, par `make attacks`"),
        Promise(24, "Une liste pose autant de questions à la base pour cent lignes que pour une ; une page est bornée."),
        Promise(25, "Aucune de nos expressions de recherche ne s’enlise, quel que soit le texte."),
        Promise(26, "Le nombre de demandes est borné par minute : connexion, recherche, export, API.",
                bound="hors connexion, le compte vit dans chaque processus web"),
        Promise(27, "Un fichier dangereux est refusé ou désarmé, gardé sous un nom au hasard, rendu comme un fichier à enregistrer."),
        Promise(28, "Un travail ne reçoit qu’un numéro, vérifie les droits de nouveau, et un message forgé ne fait rien."),
        Promise(29, "Le service n’appelle aucune adresse donnée par quelqu’un."),
        Promise(30, "Aucune case d’un export n’est une formule."),
        Promise(31, "Des milliers d’envois au hasard ne provoquent ni panne ni fuite.",
                bound="quelques centaines à chaque essai ; 20 000 par `make attacks`"),
    )),
    (PRIVACY, (
        Promise(32, "Chaque colonne est classée : sensibilité, durée, destinataires."),
        Promise(33, "Deux employeurs ne rapprochent rien de ce qu’ils lisent ; aucune recherche ne parle de moins de cinq personnes, "
                    "hors profil que la personne a accordé à cet employeur."),
        Promise(34, "Aucun profil sans accord en cours ; un accord retiré agit à la requête suivante."),
        Promise(35, "Hors de la structure, aucune case de 1 à 10, et aucune case cachée ne se retrouve par calcul."),
        Promise(36, "Ôter le masquage ferait échouer les essais."),
        Promise(37, "Deux tableaux publiables ne permettent pas d’isoler quelques personnes.",
                bound="les sorties des années finies, d’après tout ce qui a été publié ici ; non les chiffres exacts qu’une structure donne "
                      "elle-même, ni ce qu’on sait d’une personne par ailleurs"),
        Promise(38, "Les textes sur une personne, et ce qui dit sa santé ou la justice, sont illisibles dans la base et les sauvegardes, et "
                    "ne s’ouvrent pas à la place d’un autre.",
                bound="un tableau envoyé ou préparé reste tel quel les quelques jours où il est gardé ; une ligne du journal écrite avant "
                      "que les motifs n’en soient ôtés les garde jusqu’à ce qu’elle parte"),
        Promise(39, "Rien de ce qui est tapé n’arrive dans les journaux, les rapports d’erreur ni les adresses.",
                bound="la page qui dit de réessayer rend, elle, ce qui vient d’être tapé à qui l’a tapé"),
        Promise(40, "La copie de ses données contient tout ce qui est classé personnel."),
        Promise(41, "La durée de conservation s’applique seule, après un préavis."),
        Promise(42, "L’effacement enlève lignes, fichiers et clés, sans changer les chiffres ; le fichier d’une base SQLite ne nomme plus personne.",
                bound="dans la nuit qui suit ; PostgreSQL réécrit la place libérée à mesure qu’il s’en ressert ; une sauvegarde garde ce qu’elle tenait"),
        Promise(43, "Le rapprochement ne lit que les compétences, explique chaque rang, et une personne décide."),
        Promise(44, "Un texte libre qui dit une maladie, une infraction ou une religion est signalé à qui l’écrit."),
    )),
    (TRAIL, (
        Promise(45, "Ouvrir un dossier, écrire, exporter, se connecter laisse une ligne, dans la même transaction ; lire une liste, "
                    "être refusé, manquer sa connexion aussi.",
                bound="une liste lue pendant que la base est prise est rendue sans sa ligne, ce que disent les journaux ; au-delà de vingt "
                      "refus par minute, un seul dit que d’autres ont suivi"),
        Promise(46, "Le journal refuse d’être réécrit ; ce qui le serait quand même est trouvé, et la ligne nommée."),
        Promise(47, "Lire en masse (dossiers ouverts, listes de l’API, exports, tous sièges réunis) est dit le jour même, à l’écran et par message, à qui "
                    "répond de la structure.",
                bound="une liste de noms lue à l’écran laisse sa ligne et ne compte pas"),
        Promise(48, "Le journal lui-même ne se garde pas plus longtemps que dit.",
                bound="la durée des journaux du service, sans donnée personnelle, est un réglage de la machine"),
    )),
    (FAULTS, (
        Promise(49, "Un import tué finit comme s’il ne l’avait pas été.",
                bound="envoyé par l’écran ou par l’API, il reprend seul dans les douze minutes, trois fois au plus"),
        Promise(50, "Une connexion perdue ou un serveur tué ne laisse aucune demi-écriture.", bound="joué sur demande"),
        Promise(51, "Vingt envois simultanés sous une même clé font une ligne ; la clé se libère."),
        Promise(52, "On ne corrige pas une version qu’on n’a pas lue, et aucun des deux textes n’est perdu."),
        Promise(53, "Un message reçu trois fois n’agit qu’une fois.", bound="le produit n’a pas de ressource en nombre limité"),
        Promise(54, "Sans courtier de messages, Redis ou RabbitMQ, on continue d’écrire ; tout part à son retour, une fois."),
        Promise(55, "Un export tué ne laisse pas de fichier entamé, reprend de lui-même, trois fois au plus, et sinon le dit."),
        Promise(56, "Disque plein : un refus clair, rien d’abîmé, le service reprend.",
                bound="sur PostgreSQL, joué sur demande"),
        Promise(57, "Heures d’été, années bissextiles, 730 jours et 24 mois tombent juste ; une horloge qui saute ne perd et ne bloque rien."),
        Promise(58, "Sur SQLite, plusieurs qui écrivent à la fois ne voient jamais « base verrouillée ».",
                bound="joué à huit fils d’un même processus"),
        Promise(59, "On met à jour pendant que d’autres écrivent, et une sauvegarde se restaure, clés à part.", bound="joué sur demande"),
    )),
    (CHAIN, (
        Promise(60, "Chaque version : accessibilité, dépendances figées et vérifiées, licences acceptées, inventaire ; une erreur glissée "
                    "dans un module critique est vue par ses essais, neuf fois sur dix au moins ; failles connues sur demande.",
                bound="les erreurs glissées se mesurent par `make mutation`, sur demande : `docs/mutation.md` dit quand, et quels modules "
                      "ont changé depuis ; failles connues par `make audit`, qui échoue quand le service ne répond pas"),
    )),
)  # fmt: skip

PROMISES = tuple(promise for _, promises in FAMILIES for promise in promises)
