"""Closed lists of the pathway, with the words people read."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices


class Sex(TextChoices):
    """As the paying agency asks; empty when not known."""

    F = "F", "Femme"
    M = "M", "Homme"


class ContractKind(TextChoices):
    """Contracts of a pathway, in the order the field lists them."""

    CDDI = "CDDI", "CDD d’insertion"
    CDDU = "CDDU", "CDD d’usage"
    CTT = "CTT", "Contrat de mission"
    CDI_I = "CDI-I", "CDI inclusion"
    PASSERELLE = "PASSERELLE", "Contrat passerelle"
    EITI = "EITI", "Travail indépendant (EITI)"
    APPRENTICESHIP = "APPRENTISSAGE", "Contrat d’apprentissage"
    WORK_AND_STUDY = "PROFESSIONNALISATION", "Contrat de professionnalisation"
    CDI = "CDI", "CDI"
    CDD = "CDD", "CDD"


class ContractEnd(TextChoices):
    """Why a contract stopped before its term (art. L1243-1, L1243-2, L1237-1): never a matter of health, nor a fault.

    The thread goes on elsewhere, and what a former employer blamed somebody for does not follow them.
    """

    TRIAL = "ESSAI", "Pendant la période d’essai"
    AGREED = "ACCORD", "D’un commun accord"
    HIRED = "EMBAUCHE", "Départ vers un autre emploi ou une formation"
    RESIGNED = "DEMISSION", "Démission, ou départ de la personne"
    DISMISSED = "LICENCIEMENT", "Licenciement d’un CDI"
    OTHER = "AUTRE", "Autre raison, gardée par la structure"


class ClientKind(TextChoices):
    """Where the hours were worked; decides whether they feed the 480 h counter (art. L5132-9)."""

    HOUSEHOLD = "PARTICULIER", "Particulier"
    NON_PROFIT = "ASSOCIATION", "Association"
    PUBLIC = "PUBLIC", "Collectivité ou administration"
    COMPANY = "ENTREPRISE", "Entreprise"


class InterviewKind(TextChoices):
    """Why we met."""

    WELCOME = "ACCUEIL", "Accueil et diagnostic"
    FOLLOW_UP = "SUIVI", "Suivi"
    REVIEW = "BILAN", "Bilan intermédiaire"
    RENEWAL = "RENOUVELLEMENT", "Renouvellement"
    FINAL_REVIEW = "BILAN_FINAL", "Bilan final"
    TRIPARTITE = "TRIPARTITE", "Tripartite"
    POST_HIRE = "POST_SORTIE", "Suivi dans l’emploi"


class InterviewMode(TextChoices):
    """How we met."""

    IN_PERSON = "PRESENTIEL", "En présence"
    PHONE = "TELEPHONE", "Téléphone"
    VIDEO = "VISIO", "Visio"
    ON_SITE = "TERRAIN", "Sur le terrain"
    MESSAGE = "MESSAGE", "Message"


class CancelReason(TextChoices):
    """Why something recorded by mistake is taken back."""

    TWICE = "DOUBLE", "Saisi deux fois"
    SOMEONE_ELSE = "AUTRE_PERSONNE", "Saisi pour une autre personne"
    NEVER_HELD = "PAS_EU_LIEU", "N’a pas eu lieu"
    OTHER = "AUTRE", "Une autre erreur de saisie"


class ImmersionPurpose(TextChoices):
    """What a PMSMP is for: one of three, and no other (art. L5135-1)."""

    DISCOVER = "DECOUVRIR", "Découvrir un métier ou un secteur d’activité"
    CONFIRM = "CONFIRMER", "Confirmer un projet professionnel"
    RECRUIT = "RECRUTER", "Initier une démarche de recrutement"


class ImmersionPrescriber(TextChoices):
    """Who prescribes a PMSMP (art. L5135-2)."""

    STRUCTURE = "STRUCTURE", "Notre structure d’insertion"
    FRANCE_TRAVAIL = "FRANCE_TRAVAIL", "France Travail"
    YOUTH = "MISSION_LOCALE", "Mission locale"
    CAP_EMPLOI = "CAP_EMPLOI", "Cap emploi"
    COUNTY = "DEPARTEMENT", "Conseil départemental"
    TRAINING = "FORMATION", "Organisme de formation"
    DELEGATE = "DELEGATION", "Un organisme délégué par convention"


class BeyondMotive(TextChoices):
    """Why somebody opens a file outside their own caseload; the person and who answers for the structure read it."""

    ABSENCE = "ABSENCE", "La personne qui l’accompagne est absente"
    URGENT = "URGENCE", "Une urgence"
    ASKED = "DEMANDE", "La personne me le demande"
    TEAM = "EQUIPE", "Un travail d’équipe prévu avec elle"


class WatchEndReason(TextChoices):
    """Why a structure stops watching someone who is between two steps."""

    FOUND_WORK = "EMPLOI", "A trouvé un emploi sans nous le dire"
    MOVED = "DEMENAGEMENT", "A déménagé"
    NO_WISH = "SOUHAIT", "Ne souhaite plus être suivie"
    UNREACHABLE = "INJOIGNABLE", "Injoignable après plusieurs relances"
    HEALTH = "SANTE", "Raison de santé"
    FOLLOWED_ELSEWHERE = "AILLEURS", "Suivie par un autre service"
    OTHER = "AUTRE", "Une autre raison"


class SuspensionMotive(TextChoices):
    """Why a PASS IAE is suspended: the list of the platform today. Older motives told of illness or prison: they stay out."""

    CONTRACT_SUSPENDED = "CONTRAT_SUSPENDU", "Contrat de travail suspendu depuis plus de 15 jours"
    CONTRACT_BROKEN = "CONTRAT_ROMPU", "Contrat de travail rompu"
    CONTRACT_FINISHED = "CONTRAT_TERMINE", "Contrat de travail terminé"
    AGREED_LOCALLY = "ACCORD_CTA", "Accord entre les membres du comité technique d’animation"
    PASSERELLE = "PASSERELLE", "Bascule dans l’expérimentation contrat passerelle"


class ProlongationMotive(TextChoices):
    """Why a PASS IAE is prolonged (art. R5132-1-8)."""

    SENIOR_CDI = "CDI_57_ANS", "CDI conclu avec une personne de plus de 57 ans"
    TRAINING = "FORMATION", "Fin d’une formation"
    RQTH = "RQTH", "Reconnaissance de la qualité de travailleur handicapé"
    SENIOR = "50_ANS", "50 ans et plus"
    DIFFICULTIES = "DIFFICULTES", "Difficultés particulièrement importantes"


class DerogationMotive(TextChoices):
    """What lets a contract go past a limit, or a PASS come early. A sentence that is adjusted is never named."""

    TRAINING = "FORMATION", "Au-delà de la durée maximale : formation en cours"
    SENIOR = "50_ANS", "Au-delà de la durée maximale : 50 ans et plus"
    RQTH = "RQTH", "Au-delà de la durée maximale : travailleur handicapé"
    DIFFICULTIES = "DIFFICULTES", "Au-delà de la durée maximale : difficultés particulièrement importantes"
    SHORT = "CONTRAT_COURT", "Contrat plus court : situation prévue par la loi"
    FEW_HOURS = "MOINS_D_HEURES", "Moins d’heures par semaine : difficultés particulièrement importantes"
    CUMUL = "CUMUL", "Moins d’heures par semaine : un autre contrat à temps partiel à côté"
    NEW_PASS = "NOUVEAU_PASS", "Nouveau PASS IAE avant la fin du délai"


class OtherEmployer(TextChoices):
    """Who signs the contract beside a CDD d’insertion; the law only takes the first."""

    ORDINARY = "ORDINAIRE", "Un employeur ordinaire"
    SIAE = "SIAE", "Une autre structure d’insertion"
    ADAPTED = "EA", "Une entreprise adaptée"


class Criterion(TextChoices):
    """What opens the IAE to somebody (art. R5132-1-7, arrêté of 1 September 2021), in today's words."""

    RSA = "RSA", "Bénéficiaire du RSA"
    ASS = "ASS", "Allocataire de l’ASS"
    AAH = "AAH", "Allocataire de l’AAH"
    DETLD = "DETLD", "Demandeur d’emploi depuis 24 mois et plus"
    CAP_BEP = "CAP_BEP", "Niveau d’étude 3 (CAP, BEP) ou moins"
    SENIOR = "SENIOR", "50 ans et plus"
    YOUNG = "JEUNE", "Moins de 26 ans"
    LEFT_ASE = "ASE", "Sortant de l’aide sociale à l’enfance"
    DELD = "DELD", "Demandeur d’emploi depuis 12 à 24 mois"
    RQTH = "TH", "Travailleur handicapé"
    SINGLE_PARENT = "PI", "Parent isolé"
    NO_HOUSING = "PSH_PR", "Sans hébergement, hébergé ou ayant un parcours de rue"
    REFUGEE = "REF_DA", "Réfugié, protégé, sous protection temporaire ou demandeur d’asile"
    ZRR = "ZRR", "Réside en ZRR ou ZFRR"
    QPV = "QPV", "Réside en quartier prioritaire (QPV)"
    JUSTICE = "DETENTION_MJ", "Sortant de détention ou placé sous main de justice"
    FRENCH = "FLE", "Français inférieur au niveau A1"
    MOBILITY = "PM", "Problème de mobilité"


class DiagnosedBy(TextChoices):
    """Who made a diagnosis of eligibility."""

    EMPLOYER = "EMPLOYEUR", "La structure (auto-prescription)"
    PRESCRIBER = "PRESCRIPTEUR", "Un prescripteur habilité"


class Decider(TextChoices):
    """Who takes a decision."""

    PREFET = "PREFET", "Le préfet"
    PRESCRIBER = "PRESCRIPTEUR", "Un prescripteur habilité"
    EMPLOYER = "EMPLOYEUR", "La structure"


class RequestStatus(TextChoices):
    """Where a request stands; that a decision is over is read from its last day."""

    ASKED = "DEMANDEE", "Demandée"
    GRANTED = "ACCORDEE", "Accordée"
    REFUSED = "REFUSEE", "Refusée"


class RefusalReason(TextChoices):
    """Why a prescripteur refuses, in the words of the platform."""

    NEEDS = "IAE", "L’IAE ne correspond plus aux besoins ou à la situation de la personne."
    STRUCTURE = (
        "STRUCTURE",
        "Ce type de structure ne correspond plus aux besoins ou à la situation de la personne.",
    )
    LENGTH = "DUREE", "La durée demandée n’est pas adaptée à la situation de la personne."
    MOTIVE = "MOTIF", "Le motif demandé n’est pas adapté à la situation de la personne."


class Topic(TextChoices):
    """What an interview spoke of: chips to tick."""

    CONTRACT = "CONTRAT", "Contrat"
    WORK = "TRAVAIL", "Travail"
    PROJECT = "PROJET", "Projet"
    TRAINING = "FORMATION", "Formation"
    COMPETENCES = "COMPETENCES", "Compétences"
    JOB_SEARCH = "EMPLOI", "Recherche d’emploi"
    MOBILITY = "MOBILITE", "Mobilité"
    HOUSING = "LOGEMENT", "Logement"
    FAMILY = "FAMILLE", "Famille"
    RIGHTS = "DROITS", "Droits et démarches"


class BarrierTheme(TextChoices):
    """The freins followed; a union that maps to the ASP, France Travail and data·inclusion lists."""

    MOBILITY = "MOBILITE", "Mobilité"
    HOUSING = "LOGEMENT", "Logement"
    HEALTH = "SANTE", "Santé"
    ADDICTION = "ADDICTIONS", "Addictions"
    FAMILY = "FAMILLE", "Famille et garde d’enfants"
    LANGUAGE = "LANGUE", "Langue, lecture, calcul"
    DIGITAL = "NUMERIQUE", "Numérique"
    MONEY = "FINANCES", "Finances"
    RIGHTS = "DROITS", "Démarches et droits"
    JUSTICE = "JUSTICE", "Justice"
    CONFIDENCE = "CONFIANCE", "Confiance et lien social"
    PROJECT = "PROJET", "Projet professionnel"


class BarrierImpact(IntegerChoices):
    """How much a frein weighs today; 0 is lifted, and not spoken of yet is the absence of a line."""

    LIFTED = 0, "Levé"
    LOW = 1, "Faible"
    MEDIUM = 2, "Moyen"
    HIGH = 3, "Fort"


class GoalOrigin(TextChoices):
    """Who set the goal."""

    PERSON = "PERSONNE", "La personne"
    ADVISOR = "ACCOMPAGNEMENT", "L’accompagnement"
    SHARED = "ENSEMBLE", "Ensemble"


class ProgressStatus(TextChoices):
    """Where a goal or an action stands."""

    TO_DO = "A_FAIRE", "À faire"
    DOING = "EN_COURS", "En cours"
    DONE = "REALISE", "Réalisé"
    DROPPED = "ABANDONNE", "Abandonné"


class AppointmentStatus(TextChoices):
    """What became of an appointment."""

    PLANNED = "PREVU", "Prévu"
    HELD = "TENU", "Tenu"
    EXCUSED = "EXCUSE", "Excusé"
    MISSED = "ABSENCE", "Absence"
    CANCELLED = "ANNULE", "Annulé"


class RelayStatus(TextChoices):
    """Where a relay between two structures stands; that its delay has passed is read, never written."""

    PROPOSED = "PROPOSE", "Proposé à la personne"
    AGREED = "ACCORD", "La personne est d’accord"
    RESCHEDULED = "AUTRE_DATE", "Une autre date est proposée"
    ACCEPTED = "ACCEPTE", "Accepté"
    MET = "RENCONTRE", "Rencontre faite"
    WELCOMED = "ACCUEILLI", "Accueil fait"
    DENIED = "SANS_ACCORD", "La personne n’est pas d’accord"
    DECLINED = "REFUSE", "Refusé par la structure"
    WITHDRAWN = "RETIRE", "Accord retiré par la personne"
    CANCELLED = "ANNULE", "Annulé"


class RelayPart(TextChoices):
    """Groups of fields that a person gives, or not, to the structure that may welcome them; told in this order.

    No code is a part of another one: they are kept together in one text.
    """

    IDENTITY = "IDENTITE", "Nom et prénom"
    CONTACT = "COORDONNEES", "Date de naissance et coordonnées"
    STEPS = "PARCOURS", "Étapes, contrats, immersions, formations et PASS"
    SITUATION = "SITUATION", "Situation à l’entrée et dérogations"
    BARRIERS = "FREINS", "Freins et appuis"
    GOALS = "OBJECTIFS", "Objectifs, actions, rendez-vous et heures souhaitées"
    INTERVIEWS = "ENTRETIENS", "Comptes rendus d’entretiens"
    SKILLS = "COMPETENCES", "Compétences, habilitations et VAE"
    RIGHTS = "DROITS", "Visites médicales du travail et jours épargnés"

    @property
    def words(self) -> str:
        """The label inside a sentence: « VAE » keeps its capitals."""
        return self.label[:1].lower() + self.label[1:]


class RelayRefusal(TextChoices):
    """Why a structure does not welcome somebody; never a reason about who they are."""

    NO_PLACE = "PAS_DE_PLACE", "Pas de place en ce moment"
    NO_WORK = "PAS_DE_TRAVAIL", "Pas de travail qui corresponde au souhait"
    HOURS = "HORAIRES", "Horaires ou déplacements impossibles à organiser"
    CONDITIONS = "CONDITIONS", "Une condition d’entrée n’est pas remplie"
    LATER = "PLUS_TARD", "Trop tôt : à reparler plus tard"


class RelayHand(TextChoices):
    """Who acts in a relay."""

    PERSON = "PERSONNE", "La personne"
    SENDER = "ENVOI", "La structure qui propose"
    RECEIVER = "ACCUEIL", "La structure qui accueille"


class RelaySubject(TextChoices):
    """What a step of a relay is about; the first four are the entry conditions of an association de services à la personne."""

    WISH = "SOUHAIT", "Souhait de la personne"
    APTITUDES = "APTITUDES", "Aptitudes pour ce travail"
    CONDITIONS = "CONDITIONS", "Conditions de travail connues"
    TRAINING = "FORMATION", "Engagement de formation"
    OTHER = "AUTRE", "Autre étape"


class EducationLevel(TextChoices):
    """Level of training, codes of the paying agency (ASP) as les Emplois de l'inclusion lists them."""

    UNCERTIFIED = "00", "Qualifications non certifiantes"
    NO_SCHOOL = "01", "Jamais scolarisé"
    MASTER = "10", "Troisième cycle ou école d’ingénieur"
    BACHELOR = "20", "Niveau licence"
    BTS = "30", "Niveau BTS ou DUT"
    BAC = "40", "Niveau bac"
    BAC_PRO = "41", "Brevet de technicien ou bac professionnel"
    CAP_LEVEL = "50", "Niveau BEP ou CAP"
    CAP = "51", "CAP ou BEP obtenu"
    SHORT = "60", "Formation courte d’un an"
    COMPULSORY = "70", "Scolarité obligatoire"


class DataRequestKind(TextChoices):
    """What a person may ask of the data kept about them (RGPD, art. 16 to 18)."""

    CORRECTION = "CORRECTION", "Corriger ce qui est écrit"
    LIMITATION = "LIMITATION", "Ne plus utiliser mes données, le temps d’éclaircir"
    ERASURE = "EFFACEMENT", "Effacer mes données"


class DataRequestState(TextChoices):
    """Where a request about one's data stands."""

    ASKED = "DEMANDEE", "demandée"
    GRANTED = "ACCORDEE", "accordée"
    REFUSED = "REFUSEE", "refusée"
    WITHDRAWN = "RETIREE", "retirée"
