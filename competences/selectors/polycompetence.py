"""What one person can do, as trades held and near, proved and declared apart, and how it grew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from django.db.models.functions import Coalesce

from backend.core.actor import Actor
from backend.core.pages.once import once_per_page
from competences.enums import ProofStatus
from competences.models import Assessment
from competences.querysets import AssessmentQuerySet
from competences.rules.polycompetence.person import (
    Standing,
    State,
    best_of,
    breadth,
    depth,
    standings,
    travelling,
)
from competences.selectors.trades import TradesInUse, trades_in_use
from pathways.models import Beneficiary

MOST_POINTS = 40
"""Days drawn of a long pathway; the first and the last are always among them."""


class Level(NamedTuple):
    """One reading, under the code that counts in the referential in use."""

    code: str
    level: int
    status: str
    day: date
    person: int


@dataclass(frozen=True, slots=True)
class Reach:
    """What somebody reaches with these levels: every trade begun, the breadth, the depth."""

    levels: dict[str, int]
    standings: tuple[Standing, ...]
    breadth: Fraction
    depth: Fraction

    @property
    def held(self) -> tuple[Standing, ...]:
        """Trades held, the best covered first."""
        return tuple(each for each in self.standings if each.state is State.HELD)

    @property
    def near(self) -> tuple[Standing, ...]:
        """Trades near."""
        return tuple(each for each in self.standings if each.state is State.NEAR)


@dataclass(frozen=True, slots=True)
class Point:
    """The breadth on one day: proved, then with what the person declares."""

    day: date
    proved: Fraction
    told: Fraction


@dataclass(frozen=True, slots=True)
class PersonSkills:
    """Everything the page of one person's polycompétence is drawn from."""

    person: Beneficiary
    proved: Reach
    told: Reach
    evolution: tuple[Point, ...]
    travels: dict[str, tuple[str, ...]]
    in_use: TradesInUse


def in_order(rows: AssessmentQuerySet) -> list[Level]:
    """Readings of a question, in the order in which the newest replaces the others, under the official code if any."""
    official = Coalesce("competence__equivalent__official__code", "competence__code")
    ordered = rows.order_by("assessed_on", "level", "pk")
    return [
        Level(*row)
        for row in ordered.values_list(official, "level", "status", "assessed_on", "beneficiary_id")
    ]


@once_per_page
def readings_of(actor: Actor, person_id: int) -> tuple[Level, ...]:
    """Every reading of this person that the actor sees, as `in_order`."""
    return tuple(in_order(Assessment.objects.visible_to(actor).filter(beneficiary_id=person_id)))


def levels_of(readings: Iterable[Level]) -> tuple[dict[str, int], dict[str, int]]:
    """What is proved, the newest reading of each; and the same with what is declared, the best of the two."""
    proved: dict[str, int] = {}
    declared: dict[str, int] = {}
    for each in readings:
        (declared if each.status == ProofStatus.DECLARED else proved)[each.code] = each.level
    return proved, best_of(proved, declared)


def reach_of(levels: dict[str, int], in_use: TradesInUse) -> Reach:
    """What these levels reach."""
    found = tuple(standings(levels, in_use.trades))
    return Reach(levels, found, breadth(found), depth(found))


def skills_of(actor: Actor, person: Beneficiary) -> PersonSkills:
    """One person's map, in two questions once the referential is warm."""
    in_use = trades_in_use()
    readings = readings_of(actor, person.pk)
    proved, told = (reach_of(levels, in_use) for levels in levels_of(readings))
    return PersonSkills(
        person,
        proved,
        told,
        tuple(_evolution(readings, in_use)),
        travelling(told.levels, told.standings, in_use.trades),
        in_use,
    )


def _evolution(readings: Sequence[Level], in_use: TradesInUse) -> list[Point]:
    """The breadth after each day that something was seen or said."""
    days = sorted({each.day for each in readings})
    if len(days) > MOST_POINTS:
        days = [days[rank * (len(days) - 1) // (MOST_POINTS - 1)] for rank in range(MOST_POINTS)]
    points = []
    for day in days:
        proved, told = levels_of(each for each in readings if each.day <= day)
        points.append(
            Point(day, breadth(standings(proved, in_use.trades)), breadth(standings(told, in_use.trades)))
        )
    return points
