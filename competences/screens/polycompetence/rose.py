"""The rose of a person: one petal a domain, whole when a trade of it is held; étendue is what the petals add up to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import cos, pi, sin

CENTRE, HEART, RADIUS = 160, 38, 126
FEWEST_PETALS = 6
"""A person of one domain has one petal, not a whole disc: the empty places are what is left to discover."""
GAP = 0.035
"""Half of the space between two petals, in radians."""


@dataclass(frozen=True, slots=True)
class Petal:
    """One domain: the outline of a whole petal, what is proved of it, what is declared beyond."""

    letter: str
    outline: str
    proved: str
    told: str
    x: str
    y: str
    tip: str


@dataclass(frozen=True, slots=True)
class Rose:
    """Every petal, and the figure at the heart."""

    petals: tuple[Petal, ...]
    empty: tuple[str, ...]
    figure: str
    summary: str


def rose_of(domains: Sequence[tuple[str, str, Fraction, Fraction]], *, figure: str, summary: str) -> Rose:
    """`domains`: letter, what to say of it, proved and told from 0 to 1, in order; drawn from noon, clockwise."""
    places = max(FEWEST_PETALS, len(domains))
    petals = []
    for rank, (letter, tip, proved, told) in enumerate(domains):
        middle = (rank + 0.5) / places * 2 * pi
        petals.append(
            Petal(
                letter,
                _sector(rank, places, 1),
                _sector(rank, places, float(proved)),
                _sector(rank, places, float(told)),
                f"{CENTRE + (RADIUS + 15) * sin(middle):.1f}",
                f"{CENTRE - (RADIUS + 15) * cos(middle) + 5:.1f}",
                tip,
            )
        )
    empty = tuple(_sector(rank, places, 1) for rank in range(len(domains), places))
    return Rose(tuple(petals), empty, figure, summary)


def _sector(rank: int, places: int, share: float) -> str:
    """The path of a petal filled from the heart; empty when there is nothing to fill."""
    if share <= 0:
        return ""
    outer = HEART + share * (RADIUS - HEART)
    start, end = rank / places * 2 * pi + GAP, (rank + 1) / places * 2 * pi - GAP
    return (
        f"M{_point(HEART, start)}L{_point(outer, start)}A{outer:.1f} {outer:.1f} 0 0 1 {_point(outer, end)}"
        f"L{_point(HEART, end)}A{HEART} {HEART} 0 0 0 {_point(HEART, start)}Z"
    )


def _point(radius: float, angle: float) -> str:
    return f"{CENTRE + radius * sin(angle):.1f} {CENTRE - radius * cos(angle):.1f}"
