"""How long a contract lasts, counted date to date as labour law does: from the 15th to the 14th is a month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from backend.core.values.dates import day_after, days_inclusive, months_after

DAYS_IN_A_MONTH = 30
"""How many loose days make a month when separate contracts are added; no text says it, this is our choice."""
DAYS_IN_FOUR_YEARS, MONTHS_IN_FOUR_YEARS = 1461, 48

Period = tuple[date, date]
"""First and last day, both included."""


def share_a_day(one: Period, other: Period) -> bool:
    """Whether a day belongs to both."""
    return one[0] <= other[1] and other[0] <= one[1]


@dataclass(frozen=True, slots=True, order=True)
class Length:
    """Whole months, then the days left over (fewer than a month)."""

    months: int
    days: int = 0

    @property
    def in_words(self) -> str:
        """« 24 mois et 1 jour », « 14 mois »."""
        if not self.days:
            return f"{self.months} mois"
        loose = f"{self.days} jour{'s' if self.days > 1 else ''}"
        return f"{self.months} mois et {loose}" if self.months else loose


def length_of(start: date, end: date) -> Length:
    """Length of one period, both days included: 15 January to 14 February is exactly one month."""
    after = day_after(end)
    months = (after.year - start.year) * 12 + after.month - start.month
    if months_after(start, months) > after:
        months -= 1
    return Length(months, (after - months_after(start, months)).days)


def merge(periods: Iterable[Period]) -> list[Period]:
    """Continuous runs: periods that overlap or follow each other without a day between become one."""
    runs: list[Period] = []
    for start, end in sorted(periods):
        if runs and start <= day_after(runs[-1][1]):
            runs[-1] = (runs[-1][0], max(runs[-1][1], end))
        else:
            runs.append((start, end))
    return runs


def total_length(periods: Iterable[Period]) -> Length:
    """Length of all the periods together, a day worked under two contracts counted once."""
    lengths = [length_of(start, end) for start, end in merge(periods)]
    if len(lengths) == 1:
        return lengths[0]
    months, days = divmod(sum(length.days for length in lengths), DAYS_IN_A_MONTH)
    return Length(sum(length.months for length in lengths) + months, days)


def passes(periods: Iterable[Period], *, months: int) -> bool:
    """Whether the periods together last longer than so many months, however one counts.

    One run is counted date to date. Separate runs have no text of their own: they pass only if they do both
    date to date with loose months of thirty days, and in days (24 months hold up to 731), so that taking a day
    away never makes a contract too long.
    """
    runs = merge(periods)
    if total_length(runs) <= Length(months):
        return False
    return len(runs) == 1 or sum(days_inclusive(*run) for run in runs) > longest_days(months)


def longest_days(months: int) -> int:
    """The most days so many months may hold, leap days included."""
    return -(-months * DAYS_IN_FOUR_YEARS // MONTHS_IN_FOUR_YEARS)
