"""The figures of an immersion (PMSMP): lengths, number of conventions, share of a contract, each with its text."""

from __future__ import annotations

from backend.core.findings import Confidence
from pathways.rules.dated.book import ALWAYS
from pathways.rules.dated.figure import Figure

LENGTHS = "Code du travail, art. D5135-3"
SHARE_BASIS = "Code du travail, art. D5132-10-3, D5132-26-3 et D5132-43-3"
PRESCRIBER_BASIS = "Code du travail, art. L5135-2"

IMMERSION_MONTHS = "immersion_months"
IMMERSION_RENEWALS = "immersion_renewals"
IMMERSION_SAME_HOST = "immersion_same_host_conventions"
IMMERSION_SAME_HOST_MONTHS = "immersion_same_host_months"
IMMERSION_SAME_HOST_DAYS = "immersion_same_host_days"
IMMERSION_SHARE = "immersion_share_of_contract"
IMMERSION_PRESCRIBERS = "immersion_prescribers"

_C, _P = Confidence.CONFIRMED, Confidence.PROBABLE


def _figure(name: str, label: str, unit: str, value: int, basis: str, confidence: Confidence = _C) -> Figure:
    return Figure(name, label, unit, basis, ((value, ALWAYS, None),), confidence)


IMMERSION_FIGURES: tuple[Figure, ...] = (
    _figure(IMMERSION_MONTHS, "PMSMP : durée d’une convention, de date à date", "mois", 1, LENGTHS),
    _figure(IMMERSION_RENEWALS, "PMSMP : renouvellements d’une convention", "renouvellement", 1, LENGTHS),
    _figure(IMMERSION_SAME_HOST, "PMSMP : conventions chez le même employeur sur la période", "conventions", 2, LENGTHS),
    _figure(IMMERSION_SAME_HOST_MONTHS, "PMSMP : période des conventions chez le même employeur", "mois", 12, LENGTHS),
    _figure(IMMERSION_SAME_HOST_DAYS, "PMSMP : jours chez le même employeur sur la période, du premier au dernier", "jours", 60, LENGTHS, _P),
    _figure(IMMERSION_SHARE, "PMSMP : part de la durée du CDD d’insertion, renouvellements compris", "% du contrat", 25, SHARE_BASIS, _P),
)  # fmt: skip
