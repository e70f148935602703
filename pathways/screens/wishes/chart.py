"""Hours of each month drawn beside their table: a bar for what is obtained, a line for what is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from backend.core.values.numbers import decimal_in_words
from pathways.rules.income.continuity import MonthOfIncome

HEIGHT = 96
"""Of the picture; the longest week drawn takes all of it."""
LEAST_SCALE = 35
"""A full week stands as high on everybody's picture, unless somebody worked or wants more."""
SPACE = 0.2
"""What is left free between two months, as a part of the room of one."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One month: its bar, and its line when a wish is known."""

    x: str
    width: str
    y: str
    height: str
    wanted_y: str
    wanted_end: str
    is_known: bool
    label: str


@dataclass(frozen=True, slots=True)
class HoursChart:
    """The picture, and the sentence that says the same."""

    bars: tuple[Bar, ...]
    height: int
    summary: str


def hours_chart(months: Sequence[MonthOfIncome]) -> HoursChart:
    """Weekly hours, month by month, oldest first."""
    weeks = [each for month in months for each in (month.weekly, month.wanted_weekly) if each is not None]
    scale = float(max([*weeks, Decimal(LEAST_SCALE)]))
    bars = tuple(_bar(month, at, len(months), scale) for at, month in enumerate(months))
    words = " ; ".join(bar.label for bar in bars)
    return HoursChart(bars, HEIGHT, f"Heures par semaine, mois par mois. {words}.")


def _bar(month: MonthOfIncome, at: int, count: int, scale: float) -> Bar:
    room = 100 / count
    start, width = at * room + room * SPACE / 2, room * (1 - SPACE)
    high = float(month.weekly or 0) / scale * HEIGHT
    wanted = month.wanted_weekly
    return Bar(
        x=f"{start:.2f}%",
        width=f"{width:.2f}%",
        y=f"{HEIGHT - high:.1f}",
        height=f"{high:.1f}",
        wanted_y="" if wanted is None else f"{max(HEIGHT - float(wanted) / scale * HEIGHT, 1):.1f}",
        wanted_end=f"{start + width:.2f}%",
        is_known=month.weekly is not None,
        label=_words(month),
    )


def _words(month: MonthOfIncome) -> str:
    got = "heures inconnues" if month.weekly is None else f"{decimal_in_words(month.weekly)} h obtenues"
    wanted = "" if month.wanted_weekly is None else f", {decimal_in_words(month.wanted_weekly)} h souhaitées"
    return f"{month.month:%m/%Y} : {got}{wanted}"
