"""From when hours obtained are far from hours wanted: ours, until practice says better."""

from __future__ import annotations

from backend.core.findings import Confidence
from pathways.rules.dated.figure import OUR_CHOICE, Figure, always

HOURS_FAR = "hours_far_percent"
HOURS_FAR_MONTHS = "hours_far_months"

WISH_FIGURES: tuple[Figure, ...] = (
    always(
        HOURS_FAR, "Heures souhaitées : la personne en obtient trop peu au-dessous de", "%", 60, OUR_CHOICE,
        Confidence.UNSETTLED,
    ),
    always(
        HOURS_FAR_MONTHS, "Heures souhaitées : l’écart est signalé quand il dure", "mois", 2, OUR_CHOICE,
        Confidence.UNSETTLED,
    ),
)  # fmt: skip
