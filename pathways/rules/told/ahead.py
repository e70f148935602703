"""The numbered rules that the product does not apply yet: their figures are words, in no book."""

from __future__ import annotations

from backend.core.findings import Confidence
from backend.core.rule_lines import RuleLine

NOT_YET: tuple[RuleLine, ...] = (
    RuleLine(
        "R40", "Données", "Les données d’une personne sans contact depuis deux ans sont effacées ou rendues anonymes.", "CNIL 2021-028",
        Confidence.CONFIRMED, "Rien encore.",
    ),
)  # fmt: skip
