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


class DangerousWork(TextChoices):
    """Agents and works of the list of article D4154-1, by their number in it; our words, shorter than its own."""

    ASBESTOS = "D01", "Amiante : entretien, confinement, retrait, démolition"
    AROMATIC_AMINES = "D02", "Benzidine, dianisidine, 4-aminobiphényle"
    SODIUM_ARSENITE = "D03", "Arsénite de sodium"
    ARSINE = "D04", "Hydrogène arsénié"
    AURAMINE = "D05", "Auramine et magenta, à la fabrication"
    BERYLLIUM = "D06", "Béryllium et ses sels"
    NAPHTHYLAMINE = "D07", "Bêta-naphtylamine, chlornaphazine, o-toluidine"
    BROMINE = "D08", "Brome liquide ou gazeux"
    CADMIUM = "D09", "Cadmium : métallurgie et fusion"
    CADMIUM_SALTS = "D10", "Composés solubles du cadmium"
    CHLORINE = "D11", "Chlore gazeux"
    CHLOROMETHANE = "D12", "Chlorométhane"
    VINYL_CHLORIDE = "D13", "Chlorure de vinyle, à la polymérisation"
    MERCURY = "D14", "Dichlorure, oxycyanure et dérivés alkylés du mercure"
    MANGANESE = "D15", "Dioxyde de manganèse"
    FLUORINE = "D16", "Fluor gazeux et acide fluorhydrique"
    IODINE = "D17", "Iode solide ou en vapeur"
    PHOSGENE = "D18", "Oxychlorure de carbone"
    PARAQUAT = "D19", "Paraquat"
    PHOSPHORUS = "D20", "Phosphore, son pentafluorure, hydrogène phosphoré"
    LINEN_DUST = "D21", "Poussières de lin inhalées"
    HARD_METAL_DUST = "D22", "Poussières de métaux durs"
    RADIATION = "D23", "Rayonnements ionisants, en zone à fort débit de dose"
    CARBON_DISULPHIDE = "D24", "Sulfure de carbone"
    TETRACHLOROETHANE = "D25", "Tétrachloroéthane"
    TETRACHLOROMETHANE = "D26", "Tétrachlorure de carbone"
    WOOD_TREATMENT = "D27", "Désinsectisation des bois"
    GRAIN_TREATMENT = "D28", "Désinsectisation des grains stockés"


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
