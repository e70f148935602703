"""How the breadth grew: two lines of steps, what is proved and what is declared too, over the days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from backend.core.values.dates import french_date
from competences.screens.polycompetence.words import number
from competences.selectors.polycompetence import Point

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 320, 150, 26, 8, 12, 26


@dataclass(frozen=True, slots=True)
class Curve:
    """Paths and the few words around them."""

    proved: str
    proved_area: str
    told: str
    rows: tuple[tuple[int, int], ...]
    first_day: str
    last_day: str
    summary: str


def curve_of(points: Sequence[Point], *, today: date) -> Curve | None:
    """None while there is nothing to compare: a single day is no evolution."""
    if len(points) < 2:
        return None
    top = max(1, ceil(max(point.told for point in points)))
    first, last = points[0].day, max(today, points[-1].day)
    length = max((last - first).days, 1)

    def across(day: date) -> float:
        return LEFT + (day - first).days / length * (WIDTH - LEFT - RIGHT)

    def down(value: Fraction | int) -> float:
        return TOP + (1 - float(value) / top) * (HEIGHT - TOP - BOTTOM)

    end = f"H{across(last):.1f}"
    proved = _steps([(across(point.day), down(point.proved)) for point in points]) + end
    return Curve(
        proved=proved,
        proved_area=f"{proved}V{down(0):.1f}H{LEFT}Z",
        told=_steps([(across(point.day), down(point.told)) for point in points]) + end,
        rows=tuple((value, int(down(value))) for value in range(0, top + 1, 1 if top < 5 else 2)),
        first_day=french_date(first, short=True),
        last_day=french_date(last, short=True),
        summary=f"Étendue prouvée : {number(points[0].proved)} le {french_date(first)}, "
        f"{number(points[-1].proved)} le {french_date(points[-1].day)}.",
    )


def _steps(places: Sequence[tuple[float, float]]) -> str:
    (x, y), rest = places[0], places[1:]
    return f"M{x:.1f} {y:.1f}" + "".join(f"H{x:.1f}V{y:.1f}" for x, y in rest)
