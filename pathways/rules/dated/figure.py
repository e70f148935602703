"""A figure of the rule book with the values it took, and what it rests on when no text fixes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backend.core.findings import Confidence
from pathways.rules.dated.book import ALWAYS, NO_TEXT

DECREE_2021 = date(2021, 9, 1)
"""First day of the decree n° 2021-1128 of 30 August 2021 on insertion, and of the order of 1 September 2021 with it."""
LAW_2020 = date(2020, 12, 16)
"""First day of the law n° 2020-1577 of 14 December 2020: the CDI inclusion, the contrat passerelle."""
EMPLOIS = "Plateforme de l’inclusion, code lu en août 2026"
OUR_CHOICE = f"{NO_TEXT} : notre choix"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, with its values: (value, first day, last day or None); `day` is how sure we are of the first days."""

    name: str
    label: str
    unit: str
    basis: str
    values: tuple[tuple[int, date, date | None], ...]
    confidence: Confidence = Confidence.CONFIRMED
    day: Confidence = Confidence.CONFIRMED


def always(
    name: str,
    label: str,
    unit: str,
    value: int,
    basis: str,
    confidence: Confidence = Confidence.CONFIRMED,
    since: date = ALWAYS,
    day: Confidence = Confidence.CONFIRMED,
) -> Figure:
    """A figure that has one value since a day, one nobody verified unless it is said."""
    return Figure(name, label, unit, basis, ((value, since, None),), confidence, day)
