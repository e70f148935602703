"""From one step to the next: the days between, what they cost, why, and where the person went.

A passage leaves one structure for the next step of the line, in another structure or in a job; or waits for it. Days are
counted as on the frise: strictly between the two steps, both ends included, lived until today; those still to come are
told apart. Short pauses inside one step are not passages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from backend.core.values.dates import day_after, days_after, days_inclusive, months_after
from pathways.enums import RelayStatus
from pathways.enums.gaps import GapCause
from pathways.rules.dated.book import RuleBook
from pathways.rules.income.continuity import WEEK
from pathways.rules.timeline import EMPLOYMENT, Step, Thread, cut_months

OVER = frozenset({RelayStatus.DENIED, RelayStatus.DECLINED, RelayStatus.WITHDRAWN, RelayStatus.CANCELLED})
"""Relays that lead nowhere."""


@dataclass(frozen=True, slots=True)
class RelayTold:
    """One relay as a gap reads it: proposed on a day, with a day of welcome."""

    proposed_on: date
    planned_on: date
    status: str


@dataclass(frozen=True, slots=True)
class Passage:
    """From one structure to the next step, None while nothing follows; `ended_on` is the last day of the step left."""

    left: Step
    next_step: Step | None
    ended_on: date
    lived_until: date
    to_come: int = 0
    """Days still to come before the next step, or before the welcome of an accepted relay."""

    @property
    def days(self) -> int:
        """Days without contract lived so far; 0 when the next step follows, or began before the end of the first."""
        return max(0, days_inclusive(day_after(self.ended_on), self.lived_until))

    def days_within(self, first: date, last: date) -> int:
        """Those of them that fall in these days, both included."""
        return max(0, days_inclusive(max(day_after(self.ended_on), first), min(self.lived_until, last)))

    def hours(self, weekly: Decimal | None) -> Decimal | None:
        """Hours a week of the contract left, over the days lived without any; None when they were never told."""
        return None if weekly is None else weekly * self.days / WEEK


def passages_of(line: Thread, *, ended_on: date | None, book: RuleBook) -> Iterator[Passage]:
    """Every passage of a line, oldest first: each time a step is left for another one, or for nothing yet.

    `ended_on` is the day the pathway reached its end, if it did: nothing is awaited after it. Nor is anything once the
    pathway may be closed (R18): days are counted until then, and a year already told stays as it was told.
    """
    last: Step | None = None
    for step in line.steps:
        if last is not None and last.end is not None and _leaves(last, step, last.end):
            yield _passage(last, step, last.end, line.today)
        if last is None or (last.end is not None and (step.end is None or step.end > last.end)):
            last = step
    if last is None or last.end is None or last.end >= line.today:
        return
    if ended_on is None or ended_on < last.end:
        until = months_after(last.end, cut_months(book, line.today))
        yield Passage(last, None, last.end, min(line.today, until))


def _leaves(last: Step, step: Step, end: date) -> bool:
    """Whether the next step takes the person further than the one left, in time; a contract beside another does not."""
    return step.start > end or (
        step.organisation_id != last.organisation_id and (step.end is None or step.end > end)
    )


def _passage(last: Step, step: Step, end: date, today: date) -> Passage:
    eve = days_after(step.start, -1)
    to_come = days_inclusive(day_after(max(today, end)), eve)
    return Passage(last, step, end, min(eve, today), to_come=max(0, to_come))


def cause_of(passage: Passage, relays: Iterable[RelayTold], *, is_broken: bool) -> GapCause | None:
    """Why the days of a passage went by; None without any day. The first reading that holds is the one said.

    `relays` are those the structure left proposed for the person, `is_broken` when its contract stopped before its term.
    """
    if not (passage.days or passage.to_come):
        return None
    step = passage.next_step
    if step is not None and step.organisation_id == passage.left.organisation_id is not None:
        return GapCause.SAME_PLACE
    if is_broken:
        return GapCause.BROKEN
    known = [each for each in relays if each.proposed_on <= passage.lived_until]
    if any(each.status not in OVER and each.planned_on > day_after(passage.ended_on) for each in known):
        return GapCause.LATE_RELAY
    if step is not None and step.kind == EMPLOYMENT:
        return GapCause.JOB_LATER
    if known and all(each.status in OVER for each in known):
        return GapCause.NO_WELCOME
    return GapCause.NOTHING_PLANNED if step is None else GapCause.NO_RELAY
