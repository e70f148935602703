"""The curve of the years: one bar a year, the objective as a line over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from backend.core.values.numbers import decimal_in_words
from reports.gaps.figures import YearLine

HEIGHT, FLOOR, TOP = 150, 120, 24


@dataclass(frozen=True, slots=True)
class YearBar:
    """One year: its bar in percents across and pixels down, its mean in words, where its objective stands."""

    year: int
    x: str
    width: str
    middle: str
    end: str
    y: str
    height: str
    said: str
    objective_y: str
    is_over: bool


def bars_of(years: Sequence[YearLine]) -> list[YearBar]:
    """A bar for each year, all on one scale."""
    means = [line.sums.mean or Decimal(0) for line in years]
    most = max([*means, *(Decimal(line.objective) for line in years), Decimal(1)])
    return [
        _bar(at, len(years), line, mean, most)
        for at, (line, mean) in enumerate(zip(years, means, strict=True))
    ]


def _bar(at: int, count: int, line: YearLine, mean: Decimal, most: Decimal) -> YearBar:
    step, y = 100 / count, _y(mean, most)
    return YearBar(
        year=line.year,
        x=f"{step * (at + 0.2):.2f}%",
        width=f"{step * 0.6:.2f}%",
        middle=f"{step * (at + 0.5):.2f}%",
        end=f"{step * (at + 0.8):.2f}%",
        y=f"{y:.1f}",
        height=f"{FLOOR - y:.1f}",
        said="–" if line.sums.mean is None else decimal_in_words(mean),
        objective_y=f"{_y(Decimal(line.objective), most):.1f}",
        is_over=line.is_reached is False,
    )


def _y(days: Decimal, most: Decimal) -> float:
    return FLOOR - float(days / most) * (FLOOR - TOP)
