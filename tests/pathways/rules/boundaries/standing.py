"""What every bound of the walk is: how to stand just before, on and just past a number, and a few days to stand on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from backend.core.findings import Finding
from backend.core.values.dates import days_after, last_day_after
from pathways.rules.dated.book import RuleBook

TODAY = date(2026, 11, 22)
START = date(2026, 1, 15)
OLD = date(1950, 1, 15)
QUARTER = Decimal("0.25")
SOME_DAYS = timedelta(days=30)

Judge = Callable[[Any, int, RuleBook], bool]
"""(value of the figure, steps away from it: −1, 0 or 1, book) → whether the rule lets it pass."""


@dataclass(frozen=True, slots=True)
class Bound:
    """One number that decides: `figure` names it in the book, None for what no row holds, then said by `words`.

    `is_most`: it passes up to the value; else from the value on.
    """

    rule: str
    figure: str | None
    passes: Judge
    is_most: bool = True
    words: str = ""

    @property
    def name(self) -> str:
        """Which one, in a failure and on the page."""
        return f"{self.rule} {self.figure or self.words}"


def refused(found: Iterable[Finding], *codes: str) -> bool:
    """Whether one of these findings is there."""
    return any(each.code in codes for each in found)


def last(months: int, step: int, start: date = START) -> date:
    """The last day of so many months from `start`, or the day before, or the day after."""
    return days_after(last_day_after(start, months), step)
