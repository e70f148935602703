"""The figures of a convention with the State: what is looked at, and from how far a year is said to drift."""

from __future__ import annotations

from backend.core.findings import Confidence
from pathways.rules.dated.figure import OUR_CHOICE, Figure, always

MODULATION_BASIS = (
    "Code du travail, art. R5132-7, R5132-10-12, R5132-23 et R5132-37 ; arrêtés annuels de 2015 à 2019"
)

FORECAST_MONTHS = "convention_forecast_months"
DRIFT = "convention_drift_percent"
DRIFT_LEAST = "convention_drift_least_months"
MODULATION = "convention_modulation_percent"

CONVENTION_FIGURES: tuple[Figure, ...] = (
    always(MODULATION, "Convention : part modulée, au plus", "% du socle", 10, MODULATION_BASIS, Confidence.PROBABLE),
    always(FORECAST_MONTHS, "Convention : la prévision prolonge la moyenne des derniers", "mois saisis", 3, OUR_CHOICE),
    always(DRIFT, "Convention : une année dérive à partir d’un écart de", "% des ETP conventionnés", 10, OUR_CHOICE),
    always(DRIFT_LEAST, "Convention : une dérive se signale à partir de", "mois saisis", 3, OUR_CHOICE),
)  # fmt: skip
