"""How few days without contract one aims at: ours, until practice says better."""

from __future__ import annotations

from backend.core.findings import Confidence
from pathways.rules.dated.figure import OUR_CHOICE, Figure, always

GAP_OBJECTIVE = "gap_objective_days"

GAP_FIGURES: tuple[Figure, ...] = (
    always(
        GAP_OBJECTIVE, "Carence : objectif de jours sans contrat par passage d’une étape à la suivante, en moyenne", "jours", 15,
        OUR_CHOICE, Confidence.UNSETTLED,
    ),
)  # fmt: skip
