"""A figure of the rule book with the values it took, and what it rests on when no text fixes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backend.core.findings import Confidence
from pathways.rules.dated.book import ALWAYS

EMPLOIS = "Plateforme de l’inclusion, code lu en août 2026"
OUR_CHOICE = "Aucun texte : notre choix"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, with its values: (value, first day, last day or None)."""

    name: str
    label: str
    unit: str
    basis: str
    values: tuple[tuple[int, date, date | None], ...]
    confidence: Confidence = Confidence.CONFIRMED


def always(
    name: str,
    label: str,
    unit: str,
    value: int,
    basis: str,
    confidence: Confidence = Confidence.CONFIRMED,
    since: date = ALWAYS,
) -> Figure:
    """A figure that has one value since a day, the beginning of time unless it is said."""
    return Figure(name, label, unit, basis, ((value, since, None),), confidence)
