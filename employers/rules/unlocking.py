"""La compétence qui débloque: the one thing more that would open the most work, or trades, within reach of somebody.

A task is open to whoever holds every competence it asks at its level, and its habilitations. One that lacks a single
thing is opened by that thing: what is promised is therefore exactly what is found once it is held. Nothing is prescribed:
ties are given as ties, and the person's own project decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from competences.rules.polycompetence.person import COUNTS_FROM, Gain

NO_HOUR = Decimal(0)
NOTHING = Fraction(0)


class Kind(StrEnum):
    """What may be gained."""

    COMPETENCE = "competence"
    LICENCE = "licence"


@dataclass(frozen=True, slots=True)
class KnownTask:
    """One task somebody looked at: hours a week, competences with the level asked, habilitations."""

    key: int
    hours: Decimal
    competences: tuple[tuple[str, int], ...]
    licences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unlock:
    """One thing to gain: the level it must reach, the tasks and weekly hours it opens, what it changes of the trades."""

    kind: Kind
    code: str
    level: int
    hours: Decimal
    tasks: tuple[int, ...]
    breadth: Fraction = NOTHING
    held: tuple[str, ...] = ()
    near: tuple[str, ...] = ()

    @property
    def rank(self) -> tuple[Decimal, Fraction, int, int]:
        """Hours first, then the breadth, then the trades held and near: equal ranks are ties."""
        return (self.hours, self.breadth, len(self.held), len(self.near))


@dataclass(frozen=True, slots=True)
class SharedUnlock:
    """One training for several people: whom it would open something to, and how much in all."""

    kind: Kind
    code: str
    level: int
    hours: Decimal
    breadth: Fraction
    people: tuple[str, ...]

    @property
    def rank(self) -> tuple[Decimal, Fraction, int]:
        """Hours opened to everybody together, then the breadth, then how many people."""
        return (self.hours, self.breadth, len(self.people))


Asked = tuple[Kind, str]
"""A competence, or a habilitation, whatever its level."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class KnownTasks:
    """Every known task, arranged by what it asks: a person meets only the tasks that ask something they hold.

    `asks` gives the level of everything a task asks, 0 for a habilitation; `asked_by` the tasks that ask a thing; `single`
    those that ask nothing else, opened by it alone.
    """

    tasks: Mapping[int, KnownTask]
    asks: Mapping[int, Mapping[Asked, int]]
    asked_by: Mapping[Asked, tuple[int, ...]]
    single: tuple[int, ...]

    @classmethod
    def build(cls, tasks: Iterable[KnownTask]) -> KnownTasks:
        """Arrange the tasks; one that asks nothing is left out: it proves nothing, and nothing opens it."""
        kept = {task.key: task for task in sorted(tasks, key=lambda each: each.key)}
        asks: dict[int, dict[Asked, int]] = {}
        asked_by: dict[Asked, list[int]] = defaultdict(list)
        for key, task in kept.items():
            wanted: dict[Asked, int] = {(Kind.LICENCE, each): 0 for each in task.licences}
            for code, level in task.competences:
                wanted[Kind.COMPETENCE, code] = max(level, wanted.get((Kind.COMPETENCE, code), 0))
            if wanted:
                asks[key] = wanted
            for asked in wanted:
                asked_by[asked].append(key)
        return cls(
            {key: kept[key] for key in asks},
            asks,
            {asked: tuple(keys) for asked, keys in asked_by.items()},
            tuple(key for key, wanted in asks.items() if len(wanted) == 1),
        )

    @property
    def hours(self) -> Decimal:
        """Weekly hours of them all."""
        return sum((task.hours for task in self.tasks.values()), NO_HOUR)

    def missing(self, levels: Mapping[str, int], licences: Collection[str]) -> dict[int, list[Asked]]:
        """Of the tasks that lack one thing at most, what they lack; the others are left out."""
        held: list[Asked] = [(Kind.COMPETENCE, code) for code in levels]
        held += [(Kind.LICENCE, each) for each in licences]
        met: dict[int, set[Asked]] = {key: set() for key in self.single}
        for asked in held:
            for key in self.asked_by.get(asked, ()):
                has_level = asked[0] is Kind.LICENCE or levels[asked[1]] >= self.asks[key][asked]
                reached = met.setdefault(key, set())
                if has_level:
                    reached.add(asked)
        return {
            key: [asked for asked in self.asks[key] if asked not in reached]
            for key, reached in met.items()
            if len(self.asks[key]) - len(reached) <= 1
        }


def hours_open(tasks: KnownTasks, levels: Mapping[str, int], licences: Collection[str]) -> Decimal:
    """Weekly hours of the tasks of which nothing is missing."""
    lacking = tasks.missing(levels, licences)
    return sum((tasks.tasks[key].hours for key, missing in lacking.items() if not missing), NO_HOUR)


def unlocks(
    tasks: KnownTasks, levels: Mapping[str, int], licences: Collection[str], gains: Mapping[str, Gain]
) -> list[Unlock]:
    """Every single thing that would open something, what opens most first; ties in the order of codes.

    A competence that tasks ask at several levels is promised at the highest: lower, it would open less than is said.
    """
    opened: dict[Asked, list[KnownTask]] = defaultdict(list)
    level: dict[Asked, int] = defaultdict(int)
    for key, missing in tasks.missing(levels, licences).items():
        for asked in missing:
            opened[asked].append(tasks.tasks[key])
            level[asked] = max(level[asked], tasks.asks[key][asked])
    found = [
        _unlock(asked[0], asked[1], level[asked], opened.get(asked, []), gains.get(asked[1]))
        for asked in opened.keys() | {(Kind.COMPETENCE, code) for code in gains}
    ]
    return sorted(found, key=lambda each: (*(-part for part in each.rank), each.kind, each.code))


def _unlock(kind: Kind, code: str, level: int, tasks: list[KnownTask], gain: Gain | None) -> Unlock:
    hours = sum((task.hours for task in tasks), NO_HOUR)
    keys = tuple(sorted(task.key for task in tasks))
    if kind is Kind.LICENCE:
        return Unlock(kind, code, 0, hours, keys)
    if gain is None:
        return Unlock(kind, code, level, hours, keys)
    return Unlock(kind, code, max(level, COUNTS_FROM), hours, keys, gain.breadth, gain.held, gain.near)


def shared(by_person: Mapping[str, Iterable[Unlock]]) -> list[SharedUnlock]:
    """What one training would open to several people, most first; at the highest level any of them needs."""
    together: dict[tuple[Kind, str], list[tuple[str, Unlock]]] = defaultdict(list)
    for person, theirs in by_person.items():
        for each in theirs:
            together[each.kind, each.code].append((person, each))
    found = [
        SharedUnlock(
            kind,
            code,
            max(each.level for _, each in rows),
            sum((each.hours for _, each in rows), NO_HOUR),
            sum((each.breadth for _, each in rows), NOTHING),
            tuple(sorted(person for person, _ in rows)),
        )
        for (kind, code), rows in together.items()
    ]
    return sorted(found, key=lambda each: (*(-part for part in each.rank), each.kind, each.code))


def best_with_ties(found: list[Unlock], *, most: int) -> tuple[list[Unlock], int]:
    """The first ones, and how many more tie with the last of them."""
    shown = found[:most]
    tied = sum(each.rank == shown[-1].rank for each in found[most:]) if shown else 0
    return shown, tied
