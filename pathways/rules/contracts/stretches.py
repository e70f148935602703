"""The days of a contract cut where its hours change: one stretch from its first day, then one for each avenant."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from backend.core.values.dates import NBSP, days_after, french_date
from backend.core.values.numbers import decimal_in_words


class Amendment(NamedTuple):
    """An avenant of hours: its first day, and the hours a week from that day on."""

    starts_on: date
    weekly_hours: Decimal


class Stretch(NamedTuple):
    """Days of a contract under the same hours a week, both included; `end` None while unknown, `hours` when never told."""

    start: date
    end: date | None
    hours: Decimal | None

    def covers(self, day: date) -> bool:
        """Whether that day is one of them."""
        return self.start <= day and (self.end is None or day <= self.end)

    def overlaps(self, other: Stretch) -> bool:
        """Whether a day belongs to both."""
        return (other.end is None or self.start <= other.end) and (
            self.end is None or other.start <= self.end
        )


def stretches(
    start: date, end: date | None, hours: Decimal | None, amendments: Iterable[Amendment] = ()
) -> list[Stretch]:
    """The stretches of a contract, oldest first, at least one; an avenant past its last day never took effect."""
    marks = [(start, hours)]
    for amendment in sorted(amendments):
        if amendment.starts_on <= start:
            marks = [(start, amendment.weekly_hours)]
        elif end is None or amendment.starts_on <= end:
            marks.append((amendment.starts_on, amendment.weekly_hours))
    lasts = [*(days_after(day, -1) for day, _ in marks[1:]), end]
    return [Stretch(day, last, each) for (day, each), last in zip(marks, lasts, strict=True)]


def hours_in_words(parts: Iterable[Stretch]) -> str:
    """« 24 h par semaine, puis 30 h dès le 1er mars 2026 »; empty when nothing was ever told."""
    first, *then = parts
    changes = [
        f"{decimal_in_words(part.hours or Decimal(0), 2)}{NBSP}h dès le {french_date(part.start)}"
        for part in then
    ]
    if first.hours is not None:
        return ", puis ".join([f"{decimal_in_words(first.hours, 2)}{NBSP}h par semaine", *changes])
    return f"{', puis '.join(changes)}, par semaine" if changes else ""


def hours_on(day: date, parts: Iterable[Stretch]) -> Decimal | None:
    """Hours a week that day: those of the last stretch begun, of the first one before any; None when never told."""
    known = list(parts)
    begun = [part for part in known if part.start <= day]
    return (begun[-1] if begun else known[0]).hours
