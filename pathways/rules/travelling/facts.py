"""What the rules read of the rights that follow a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from backend.core.values.dates import days_after
from pathways.enums.travelling import (
    Destination,
    SavedFate,
    SavedKind,
    Tie,
    VisitKind,
    VisitPaper,
    VisitRhythm,
)


@dataclass(frozen=True, slots=True)
class VisitNoted:
    """One medical visit; `jobs` are ROME codes, none when the paper names no work, `due_on` the day it says, if any."""

    id: int
    kind: VisitKind
    made_on: date
    rhythm: VisitRhythm
    paper: VisitPaper
    service: str = ""
    jobs: tuple[str, ...] = ()
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class SavedNoted:
    """Days off saved with one employer, as counted one day; `owed_by` is its name, `place` its number.

    `ends_on` is the last day under contract there, when it is known: what is not settled then is settled on the last payslip.
    """

    id: int
    kind: SavedKind
    counted_on: date
    days: Decimal
    fate: SavedFate
    place: int | None = None
    owed_by: str = ""
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Spell:
    """Days under contract with one employer; `end` is None while nothing ends them."""

    place: int
    start: date
    end: date | None
    is_mission: bool = False


@dataclass(frozen=True, slots=True)
class Learnt:
    """One training followed: its hours when known, and whether a certificate shows it."""

    title: str
    hours: Decimal | None
    is_certified: bool


@dataclass(frozen=True, slots=True)
class TitleHeld:
    """One habilitation that holds today; `is_the_employers` when an employer gave it for its own work."""

    label: str
    expires_on: date | None
    is_the_employers: bool


@dataclass(frozen=True, slots=True)
class Carried:
    """All that is known of one person's rights; `place` is the structure they leave."""

    visits: tuple[VisitNoted, ...] = ()
    saved: tuple[SavedNoted, ...] = ()
    spells: tuple[Spell, ...] = ()
    learnt: tuple[Learnt, ...] = ()
    titles: tuple[TitleHeld, ...] = ()
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Border:
    """From one employer to the next: `on` is the first day there, `jobs` the work waited for when it is known.

    `leaves_on` is the last day with the employer one leaves, when it is known: what is asked of it is asked by then, or
    without waiting once the border `is_crossed`.
    """

    on: date
    to: Destination
    tie: Tie = Tie.OTHER
    jobs: tuple[str, ...] = ()
    leaves_on: date | None = None
    is_crossed: bool = False

    @property
    def by(self) -> date:
        """The day by which one asks."""
        eve = days_after(self.on, -1)
        return eve if self.leaves_on is None else min(self.leaves_on, eve)

    def asked(self, *, on: date, to: Destination, tie: Tie, jobs: tuple[str, ...]) -> Border:
        """The same border, asked otherwise: with another first day, it is one to come."""
        is_crossed = self.is_crossed and on == self.on
        return replace(self, on=on, to=to, tie=tie, jobs=jobs, is_crossed=is_crossed)


def balances(saved: Iterable[SavedNoted]) -> list[SavedNoted]:
    """The last count of each kind of days with each employer: a newer one takes the place of those before it."""
    latest: dict[tuple[str, int | None], SavedNoted] = {}
    for each in sorted(saved, key=lambda each: (each.counted_on, each.id)):
        latest[each.kind, each.place] = each
    return sorted(latest.values(), key=lambda each: (each.kind, each.counted_on, each.id))


def still_open(saved: Iterable[SavedNoted]) -> list[SavedNoted]:
    """Of these last counts, those of which something is still to do."""
    return [each for each in balances(saved) if each.fate.is_open]


def latest_visit(visits: Iterable[VisitNoted]) -> VisitNoted | None:
    """The last visit made; of two on one day, the last written."""
    return max(visits, key=lambda each: (each.made_on, each.id), default=None)
