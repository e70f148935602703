"""Closed lists of the employers' side."""

from __future__ import annotations

from django.db.models import TextChoices


class AnalysisStatus(TextChoices):
    """Where a task analysis stands."""

    DRAFT = "BROUILLON", "En cours"
    RETURNED = "RESTITUEE", "Restituée à l’employeur"


class TaskFamily(TextChoices):
    """Families of tasks; variety is counted on them."""

    HYGIENE = "hygiene", "Hygiène et propreté"
    LINEN = "linge", "Linge"
    PACKING = "conditionnement", "Conditionnement"
    LOGISTICS = "logistique", "Logistique et manutention"
    PRODUCTION = "production", "Production"
    KITCHEN = "cuisine", "Cuisine"
    SERVICE = "service", "Service et accueil"
    SALES = "vente", "Vente"
    QUALITY = "qualite", "Contrôle et qualité"
    CARE = "lien", "Aide et lien aux personnes"
    GREEN = "culture", "Cultures et espaces verts"
    UPKEEP = "entretien", "Bâtiment et petit entretien"
    OFFICE = "bureau", "Bureau"
    REUSE = "reemploi", "Tri et réemploi"


class Daypart(TextChoices):
    """When a task may be done."""

    EARLY = "E", "Tôt"
    MORNING = "M", "Matin"
    AFTERNOON = "A", "Après-midi"
    EVENING = "S", "Soir"


class ConsentDecision(TextChoices):
    """What a person answered about one employer."""

    ASKED = "DEMANDE", "Demandé"
    GRANTED = "ACCORDE", "Accordé"
    REFUSED = "REFUSE", "Refusé"
    WITHDRAWN = "RETIRE", "Retiré"
    EXPIRED = "EXPIRE", "Arrivé à son terme"


class Fit(TextChoices):
    """How much of a job a person already holds (see `employers/rules/fit.py`)."""

    HOLDS_MOST = "TIENT", "Tient l’essentiel"
    TO_TRAIN = "A_FORMER", "À former"
    FAR = "LOIN", "Loin"


class EmployerAnswer(TextChoices):
    """What the employer wants to do with a profile."""

    NONE = "", "Pas encore répondu"
    MEET = "RENCONTRER", "Souhaite rencontrer"
    DECLINE = "DECLINER", "Ne donne pas suite"


class ProposalStatus(TextChoices):
    """Where a job made of tasks stands."""

    OPEN = "OUVERTE", "Ouverte"
    FILLED = "POURVUE", "Pourvue"
    CLOSED = "CLOSE", "Close"


class HireKind(TextChoices):
    """The contract the person was hired under."""

    CDI = "CDI", "CDI"
    CDD = "CDD", "CDD"
    MISSION = "MISSION", "Mission d’intérim"


class Situation(TextChoices):
    """What a post-hire contact found; the unreachable are counted, never guessed."""

    IN_POST = "EN_POSTE", "En poste, même employeur"
    OTHER_JOB = "AUTRE_EMPLOI", "Dans un autre emploi"
    TRAINING = "FORMATION", "En formation"
    SEEKING = "RECHERCHE", "En recherche"
    INACTIVE = "INACTIF", "Sans activité"
    UNREACHABLE = "INJOIGNABLE", "Injoignable"
