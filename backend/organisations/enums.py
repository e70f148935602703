"""Closed lists of the structures."""

from __future__ import annotations

from django.db.models import TextChoices


class StructureKind(TextChoices):
    """Kinds of structures a pathway goes through (Code du travail, art. L5132-4; EITI: loi 2018-771, art. 83)."""

    AI = "AI", "Association intermédiaire"
    ETTI = "ETTI", "Entreprise de travail temporaire d’insertion"
    ACI = "ACI", "Atelier et chantier d’insertion"
    EI = "EI", "Entreprise d’insertion"
    EITI = "EITI", "Entreprise d’insertion par le travail indépendant"
    ASP_SAP = "ASP-SAP", "Association de services à la personne"
    GEIQ = "GEIQ", "Groupement d’employeurs pour l’insertion et la qualification"

    @property
    def is_siae(self) -> bool:
        """Whether the structure hires under a PASS IAE and counts in exit statistics."""
        return self in SIAE_KINDS

    @property
    def short(self) -> str:
        """What fits in a badge; « ASP » alone is also the paying agency, so it is never used."""
        return SHORT_KINDS.get(self, self.value)

    @property
    def in_words(self) -> str:
        """Inside a sentence: « services à la personne », « GEIQ »."""
        return SHORT_KINDS[self].lower() if self in SHORT_KINDS else self.value


SIAE_KINDS = frozenset(
    {StructureKind.AI, StructureKind.ETTI, StructureKind.ACI, StructureKind.EI, StructureKind.EITI}
)
SHORT_KINDS = {StructureKind.ASP_SAP: "Services à la personne"}


class GroupKind(TextChoices):
    """What structures do together: everything, under one head, or one thing while each stays its own."""

    GROUP = "GROUPE", "Groupe"
    MARKET = "MARCHE", "Collectif de marché partagé"
    TRAINING = "FORMATION", "Collectif de formation partagée"

    @property
    def is_collective(self) -> bool:
        """Whether its structures only share one thing, without merging."""
        return self is not GroupKind.GROUP

    @property
    def noun(self) -> str:
        """Inside a sentence: « groupe », « collectif »."""
        return "collectif" if self.is_collective else "groupe"
