"""What is noted once of the rights that follow a person: a medical visit, days off saved; and what becomes of them at a border."""

from __future__ import annotations

from django.db.models import TextChoices


class VisitKind(TextChoices):
    """Why the occupational health service saw somebody (Code du travail, art. R4624-10 to R4624-33)."""

    FIRST = "VIP_INITIALE", "Première visite d’information et de prévention"
    PERIODIC = "VIP_PERIODIQUE", "Visite périodique d’information et de prévention"
    APTITUDE = "APTITUDE", "Examen d’aptitude"
    BETWEEN = "INTERMEDIAIRE", "Visite intermédiaire entre deux examens d’aptitude"
    RETURN = "REPRISE", "Visite de reprise"


class VisitRhythm(TextChoices):
    """How often somebody is seen again; nothing says why."""

    ORDINARY = "ORDINAIRE", "Suivi ordinaire"
    ADAPTED = "ADAPTE", "Suivi adapté"
    REINFORCED = "RENFORCE", "Suivi individuel renforcé"


class VisitPaper(TextChoices):
    """The paper an employer receives, and all it may hold: never a diagnosis, nor what an adjustment is."""

    FOLLOWED = "ATTESTATION", "Attestation de suivi"
    FOLLOWED_ADJUSTED = "ATTESTATION_AM", "Attestation de suivi, avec des aménagements"
    APT = "APTE", "Avis d’aptitude"
    APT_ADJUSTED = "APTE_AM", "Avis d’aptitude, avec des aménagements"

    @property
    def has_adjustments(self) -> bool:
        """Whether a measure of art. L4624-3 comes with it: the next employer then asks for a visit of its own."""
        return self in {VisitPaper.FOLLOWED_ADJUSTED, VisitPaper.APT_ADJUSTED}

    @property
    def is_aptitude(self) -> bool:
        """Whether a doctor said somebody apt: asked for where the work has particular risks."""
        return self in {VisitPaper.APT, VisitPaper.APT_ADJUSTED}

    @property
    def words(self) -> str:
        """« attestation de suivi », « avis d’aptitude »: what one asks for, whatever comes with it."""
        return "avis d’aptitude" if self.is_aptitude else "attestation de suivi"


class SavedKind(TextChoices):
    """Where days off were saved."""

    LEAVE = "CONGES", "Congés payés acquis et non pris"
    ACCOUNT = "CET", "Compte épargne-temps"
    REST = "REPOS", "Repos compensateur ou réduction du temps de travail"

    @property
    def words(self) -> str:
        """Inside a sentence."""
        return {
            "CONGES": "congés payés",
            "CET": "compte épargne-temps",
            "REPOS": "repos acquis",
        }[self.value]


class SavedFate(TextChoices):
    """What is meant for days off saved, or done of them."""

    TO_TAKE = "A_PRENDRE", "À prendre avant la fin du contrat"
    TO_PAY = "A_PAYER", "À payer à la fin du contrat"
    PAID = "PAYES", "Payés"
    TAKEN = "PRIS", "Pris"
    MOVED = "TRANSFERES", "Transférés ou consignés"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self in {SavedFate.TO_TAKE, SavedFate.TO_PAY}


class Destination(TextChoices):
    """Where somebody goes: a kind of structure, or an ordinary employer."""

    AI = "AI", "Association intermédiaire"
    ETTI = "ETTI", "Entreprise de travail temporaire d’insertion"
    ACI = "ACI", "Atelier et chantier d’insertion"
    EI = "EI", "Entreprise d’insertion"
    EITI = "EITI", "Entreprise d’insertion par le travail indépendant"
    HOMES = "ASP-SAP", "Association de services à la personne"
    GEIQ = "GEIQ", "Groupement d’employeurs pour l’insertion et la qualification"
    ORDINARY = "ORDINAIRE", "Employeur ordinaire"


class Tie(TextChoices):
    """What the employer of tomorrow is to the employer of today."""

    SAME = "MEME", "Le même employeur"
    GROUP = "GROUPE", "Une autre structure du même groupe"
    OTHER = "AUTRE", "Un autre employeur"


class Verdict(TextChoices):
    """What becomes of a right at a border."""

    ASK = "A_DEMANDER", "À demander"
    LOST = "PERDU", "Perdu"
    KEPT = "GARDE", "Gardé"
