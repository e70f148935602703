"""Closed lists of the competences."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices


class Nature(TextChoices):
    """What kind of thing a line of the referential names."""

    KNOW_HOW = "know_how", "Savoir-faire"
    SOFT_SKILL = "soft_skill", "Savoir-être"
    MACRO = "macro", "Macro-compétence"
    KNOWLEDGE = "knowledge", "Savoir"


class Prominence(TextChoices):
    """How much a competence makes the trade."""

    CORE = "core", "Cœur de métier"
    EMERGING = "emerging", "Émergente"
    ORDINARY = "ordinary", "Courante"


class Level(IntegerChoices):
    """How well the work is done, in the words of the workshop."""

    BEGINNING = 1, "S’initie"
    WITH_HELP = 2, "Avec aide"
    ALONE = 3, "En autonomie"
    TEACHES = 4, "Peut transmettre"


class ProofStatus(TextChoices):
    """How we know. Three words never mixed up: only what a certifier signed is « certifiée »."""

    DECLARED = "DECLAREE", "Déclarée"
    OBSERVED = "OBSERVEE", "Observée"
    RECOGNISED = "RECONNUE", "Reconnue"
    CERTIFIED = "CERTIFIEE", "Certifiée"


class LicenceKind(TextChoices):
    """Habilitations and titles with an end, coded so that work may ask for one."""

    CACES_R482 = "CACES_R482", "CACES R482 – Engins de chantier"
    CACES_R483 = "CACES_R483", "CACES R483 – Grues mobiles"
    CACES_R484 = "CACES_R484", "CACES R484 – Ponts roulants et portiques"
    CACES_R485 = "CACES_R485", "CACES R485 – Gerbeurs à conducteur accompagnant"
    CACES_R486 = "CACES_R486", "CACES R486 – Nacelles"
    CACES_R487 = "CACES_R487", "CACES R487 – Grues à tour"
    CACES_R489 = "CACES_R489", "CACES R489 – Chariots élévateurs"
    CACES_R490 = "CACES_R490", "CACES R490 – Grues de chargement"
    DRIVING = "CONDUITE", "Autorisation de conduite de l’employeur"
    ELECTRIC = "ELECTRIQUE", "Habilitation électrique"
    FIRST_AID = "SST", "Sauveteur secouriste du travail"
    FOOD = "HACCP", "Hygiène alimentaire (HACCP)"
    ROAD = "FIMO_FCO", "Conducteur routier (FIMO, FCO)"
    CAR = "PERMIS_B", "Permis B"
    MOPED = "PERMIS_AM", "Permis AM (BSR)"
    LORRY = "PERMIS_C", "Permis C"
    TRAILER = "PERMIS_BE", "Permis BE"
    BUS = "PERMIS_D", "Permis D"
    OTHER = "AUTRE", "Autre habilitation"


GIVEN_BY_EMPLOYERS = frozenset({LicenceKind.DRIVING, LicenceKind.ELECTRIC})
"""Those an employer gives for its own work, and that the next one gives again (art. R4323-56 and R4544-10)."""
NOT_FOR_DRIVING = frozenset(
    {LicenceKind.ELECTRIC, LicenceKind.FIRST_AID, LicenceKind.FOOD, LicenceKind.OTHER}
)
"""Held for something else than a vehicle or a machine."""
DRIVES = tuple(kind for kind in LicenceKind if kind not in NOT_FOR_DRIVING)
"""What lets somebody drive a vehicle or a machine, in the order of the list."""


class CvLook(TextChoices):
    """How a CV is drawn."""

    SOBER = "SOBRE", "Sobre, noir sur blanc"
    BAND = "BANDEAU", "Avec un bandeau de couleur"


class CvPart(TextChoices):
    """The parts of a CV; what the person puts first comes first."""

    SKILLS = "SAVOIR_FAIRE", "Ce que je sais faire"
    WORK = "EXPERIENCES", "Mes expériences"
    TRAINING = "FORMATIONS", "Formations, habilitations et permis"


class CertificationOrigin(TextChoices):
    """Where a certification comes from."""

    REGISTER = "REPERTOIRE", "Répertoire national"
    TYPED = "SAISIE", "Saisie par une structure"


class VaeStatus(TextChoices):
    """Where a VAE stands (Code du travail, art. R6412-2 to R6412-7)."""

    PROJECT = "PROJET", "Projet"
    REGISTERED = "INSCRIPTION", "Inscription sur France VAE"
    PREPARING = "PREPARATION", "Dossier de faisabilité en préparation"
    FEASIBILITY_SENT = "RECEVABILITE", "Dossier de faisabilité déposé"
    INCOMPLETE = "INCOMPLET", "Pièces demandées"
    COMPLETE = "COMPLET", "Dossier complet, en attente de décision"
    ADMISSIBLE = "RECEVABLE", "Recevable"
    TACIT = "RECEVABLE_TACITE", "Recevable (silence du certificateur)"
    NOT_ADMISSIBLE = "NON_RECEVABLE", "Non recevable"
    LAPSED = "CADUQUE", "Caduque"
    VALIDATION_SENT = "DOSSIER", "Dossier de validation déposé"
    VALIDATION_INCOMPLETE = "DOSSIER_A_COMPLETER", "Dossier de validation à compléter"
    JURY = "JURY", "Jury programmé"
    ABSENT = "ABSENT", "Absence au jury"
    EXCUSED = "EXCUSE", "Absence excusée au jury"
    FULL = "VALIDATION_TOTALE", "Validation totale"
    PARTIAL = "VALIDATION_PARTIELLE", "Validation partielle"
    REFUSED = "REFUS", "Refus du jury"
    REVOKED = "DECISION_ANNULEE", "Décision du jury annulée"
    DROPPED = "ABANDON", "Abandon"


class VaeStepKind(TextChoices):
    """What happened to a VAE, on a day; never what a silence or a delay makes of it, which is computed."""

    PLANNED = "PROJET", "Le projet est noté"
    AGREED = "ACCORD", "La personne est d’accord"
    REGISTERED = "INSCRIPTION", "Inscription sur France VAE"
    ACCOMPANIED = "ACCOMPAGNEMENT", "L’accompagnement commence"
    OPINION_FOR = "AVIS_FAVORABLE", "Avis favorable de l’accompagnateur"
    OPINION_AGAINST = "AVIS_DEFAVORABLE", "Avis défavorable de l’accompagnateur"
    CONFIRMED = "CONFIRMATION", "La personne confirme son dossier"
    FEASIBILITY_SENT = "RECEVABILITE", "Dossier de faisabilité déposé"
    INCOMPLETE = "INCOMPLET", "Le certificateur demande des pièces"
    COMPLETE = "COMPLET", "Le dossier est complet"
    ADMISSIBLE = "RECEVABLE", "Décision : recevable"
    NOT_ADMISSIBLE = "NON_RECEVABLE", "Décision : non recevable"
    DECISION_WITHDRAWN = "DECISION_RETIREE", "Le certificateur retire sa décision"
    PROGRESS = "DEMARCHE", "Démarche prévue au dossier"
    GOOD_REASON = "MOTIF_LEGITIME", "Motif légitime reconnu"
    VALIDATION_SENT = "DOSSIER", "Dossier de validation déposé"
    VALIDATION_INCOMPLETE = "DOSSIER_A_COMPLETER", "Dossier de validation à compléter"
    JURY = "JURY", "Jury programmé"
    ABSENT = "ABSENT", "Absence au jury"
    EXCUSED = "EXCUSE", "Absence excusée au jury"
    FULL = "VALIDATION_TOTALE", "Résultat : validation totale"
    PARTIAL = "VALIDATION_PARTIELLE", "Résultat : validation partielle"
    REFUSED = "REFUS", "Résultat : refus"
    REVOKED = "DECISION_ANNULEE", "Le résultat est annulé"
    LEAVE_ASKED = "CONGE_DEMANDE", "Congé de VAE demandé à l’employeur"
    LEAVE_GRANTED = "CONGE_ACCORDE", "Congé de VAE accordé"
    LEAVE_POSTPONED = "CONGE_REPORTE", "Congé de VAE reporté par l’employeur"
    DROPPED = "ABANDON", "La personne arrête"


class VaeHand(TextChoices):
    """Whose move it is."""

    PERSON = "PERSONNE", "la personne"
    COMPANION = "ACCOMPAGNATEUR", "l’accompagnateur"
    CERTIFIER = "CERTIFICATEUR", "le certificateur"
    EMPLOYER = "EMPLOYEUR", "l’employeur"


class VaeScope(TextChoices):
    """What the file asks for."""

    FULL = "TOTALE", "La certification entière"
    BLOCS = "BLOCS", "Un ou plusieurs blocs"


class VaeChannel(TextChoices):
    """Where the file goes (art. D6323-7: the portal, when the certification is proposed there)."""

    FRANCE_VAE = "FRANCE_VAE", "Sur France VAE"
    DIRECT = "DIRECT", "Directement auprès du certificateur"


class VaeFunding(TextChoices):
    """Who pays for the accompaniment and the jury."""

    UNKNOWN = "", "Pas encore connu"
    CPF = "CPF", "CPF"
    FRANCE_TRAVAIL = "FRANCE_TRAVAIL", "France Travail"
    OPCO = "OPCO", "OPCO"
    EMPLOYER = "EMPLOYEUR", "Employeur"
    REGION = "REGION", "Région"
    OWN = "PERSONNE", "La personne"
    OTHER = "AUTRE", "Autre"
