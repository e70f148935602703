"""What the rules need to know of a PASS IAE and of what happened to it: plain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from backend.core.values.dates import day_after, days_after
from pathways.enums import RequestStatus
from pathways.rules.contracts.durations import Period
from pathways.rules.dated.book import RuleBook
from pathways.rules.passes.length import pass_end


@dataclass(frozen=True, slots=True)
class Suspension:
    """Days the PASS does not run, both included."""

    start: date
    end: date
    motive: str = ""

    @property
    def pushes(self) -> int:
        """By how many days the end of the PASS moves: the platform counts end − start, without one more (R16)."""
        return (self.end - self.start).days

    def covers(self, day: date) -> bool:
        """Whether the PASS is suspended that day."""
        return self.start <= day <= self.end

    @property
    def days(self) -> Period:
        """Its first and last day."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Prolongation:
    """A request: from the end of the PASS when it was asked to the end asked for."""

    start: date
    end: date
    motive: str
    asked_on: date
    status: str = RequestStatus.GRANTED

    @property
    def days(self) -> int:
        """How many days it asks for."""
        return (self.end - self.start).days

    @property
    def is_granted(self) -> bool:
        """Whether it moves the end of the PASS."""
        return self.status == RequestStatus.GRANTED

    @property
    def is_pending(self) -> bool:
        """Whether nobody has answered yet."""
        return self.status == RequestStatus.ASKED


@dataclass(frozen=True, slots=True)
class PassFacts:
    """One PASS and all that stands of its changes. `end` is the one kept; `closed_on` the day it was closed.

    `followed_on` is the first day of the newer PASS that follows it, if any.
    """

    start: date
    end: date
    suspensions: tuple[Suspension, ...] = ()
    prolongations: tuple[Prolongation, ...] = ()
    closed_on: date | None = None
    followed_on: date | None = None

    @property
    def last_day(self) -> date:
        """Its last day: the closing comes before the end."""
        return min(self.end, self.closed_on) if self.closed_on else self.end

    @property
    def added_days(self) -> int:
        """Days its suspensions and granted prolongations add."""
        return sum(each.pushes for each in self.suspensions) + self.prolonged_days

    @property
    def prolonged_days(self) -> int:
        """Days of every prolongation granted, whatever the motive: they are counted together (R20)."""
        return sum(each.days for each in self.prolongations if each.is_granted)

    @property
    def prolonged(self) -> Period | None:
        """Its last days, those that prolongations added; None without any. A suspension moves them with the end."""
        added = self.prolonged_days
        return (days_after(self.end, 1 - added), self.end) if added else None

    @property
    def suspended(self) -> list[Period]:
        """The days it did not run, suspension by suspension, up to its last day: a closed PASS is suspended no more."""
        return [
            (each.start, min(each.end, self.last_day))
            for each in self.suspensions
            if each.start <= self.last_day
        ]

    @property
    def waits_from(self) -> date:
        """The day the two years begin after: the end, or the beginning of the suspension it was closed from (R19)."""
        begun = run_start(self.suspensions, self.closed_on) if self.closed_on else None
        return begun or self.last_day

    def suspended_on(self, day: date) -> Suspension | None:
        """The suspension of that day, if any."""
        return next((each for each in self.suspensions if each.covers(day)), None)

    def computed_end(self, *, book: RuleBook) -> date:
        """Its end as we count it: 730 days, and the days added (R14, R16)."""
        return days_after(pass_end(self.start, book=book), self.added_days)

    def moved(
        self,
        *,
        suspensions: Iterable[Suspension] | None = None,
        prolongations: Iterable[Prolongation] | None = None,
    ) -> Self:
        """The same PASS with other changes: its end moves by as many days as they add or take back (R16).

        An end received from the platform that differs from our count keeps its difference.
        """
        new = replace(
            self,
            suspensions=self.suspensions if suspensions is None else tuple(suspensions),
            prolongations=self.prolongations if prolongations is None else tuple(prolongations),
        )
        return replace(new, end=days_after(self.end, new.added_days - self.added_days))

    def end_with(self, changed: Self, *, book: RuleBook) -> date:
        """The end kept once a file told the changes of `changed`: where it stands when it already counts them (R16).

        An end received from the platform comes after the changes it was computed with (art. R5132-1-2).
        """
        is_counted = self.end == changed.computed_end(book=book)
        return self.end if is_counted else changed.end


def run_start(suspensions: Iterable[Suspension], day: date) -> date | None:
    """First day of the suspensions that follow each other without a day between, up to this day; None outside any."""
    found: date | None = None
    for each in sorted(suspensions, key=lambda one: one.start, reverse=True):
        if (found is None and each.covers(day)) or (found is not None and day_after(each.end) == found):
            found = each.start
    return found
