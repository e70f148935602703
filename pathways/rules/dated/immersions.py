"""The figures of an immersion (PMSMP): lengths, number of conventions, share of a contract, each with its text."""

from __future__ import annotations

from datetime import date

from backend.core.findings import Confidence
from pathways.rules.dated.figure import Figure, always

LENGTHS = "Code du travail, art. D5135-3"
SHARE_BASIS = "Code du travail, art. D5132-10-3, D5132-26-3 et D5132-43-3"
DECREE_2014 = date(2014, 11, 16)
"""First day of the decree of November 2014 on immersions: its year was read, its day was not."""
PRESCRIBER_BASIS = "Code du travail, art. L5135-2"

IMMERSION_MONTHS = "immersion_months"
IMMERSION_RENEWALS = "immersion_renewals"
IMMERSION_SAME_HOST = "immersion_same_host_conventions"
IMMERSION_SAME_HOST_MONTHS = "immersion_same_host_months"
IMMERSION_SAME_HOST_DAYS = "immersion_same_host_days"
IMMERSION_SHARE = "immersion_share_of_contract"
IMMERSION_PRESCRIBERS = "immersion_prescribers"

_P = Confidence.PROBABLE

IMMERSION_FIGURES: tuple[Figure, ...] = (
    always(IMMERSION_MONTHS, "PMSMP : durée d’une convention, de date à date", "mois", 1, LENGTHS, since=DECREE_2014, day=_P),
    always(IMMERSION_RENEWALS, "PMSMP : renouvellements d’une convention", "renouvellement", 1, LENGTHS, since=DECREE_2014, day=_P),
    always(IMMERSION_SAME_HOST, "PMSMP : conventions chez le même employeur sur la période", "conventions", 2, LENGTHS, since=DECREE_2014, day=_P),
    always(IMMERSION_SAME_HOST_MONTHS, "PMSMP : période des conventions chez le même employeur", "mois", 12, LENGTHS, since=DECREE_2014, day=_P),
    always(IMMERSION_SAME_HOST_DAYS, "PMSMP : jours chez le même employeur sur la période, du premier au dernier", "jours", 60, LENGTHS, _P, DECREE_2014, _P),
    always(IMMERSION_SHARE, "PMSMP : part de la durée du CDD d’insertion, renouvellements compris", "% du contrat", 25, SHARE_BASIS, _P),
)  # fmt: skip
