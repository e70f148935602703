"""The thread of a person drawn on one line: steps of every structure, and the days lost between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from backend.core.values.dates import day_after, days_after, days_inclusive, months_after
from pathways.rules.dated.book import RuleBook
from pathways.rules.dated.rows import CLOSING_MONTHS, SUSPENSION_LEAST

EMPLOYMENT = "EMPLOI"
"""Kind of a step outside insertion structures, beside the kinds of structures themselves."""

PASS, SUSPENSION, PROLONGATION = "PASS IAE", "Suspension du PASS", "Prolongation du PASS"
IMMERSION, TRAINING = "Immersion", "Formation"
"""Natures of the periods beside the steps, as the table says them."""


def cut_months(book: RuleBook, day: date) -> int:
    """After so many months without contract we no longer say « entre deux »: the pathway may then be closed (R18)."""
    return book.whole(CLOSING_MONTHS, on=day)


def short_pause_days(book: RuleBook, day: date) -> int:
    """A pause so short between two contracts of one structure is not a gap of the pathway.

    The law itself lets a contract be suspended so long without stopping it (art. R5132-1-3, R17). Our choice, for short
    CDDU: they are drawn as one step, and their days still count as days without contract.
    """
    return book.whole(SUSPENSION_LEAST, on=day) - 1


@dataclass(frozen=True, slots=True)
class Step:
    """One block of the line; both days included, `end` is None while it has no known end."""

    kind: str
    kind_label: str
    structure: str
    start: date
    end: date | None
    label: str = ""
    is_planned: bool = False
    organisation_id: int | None = None
    exit_id: int | None = None
    """The exit this step followed, when it is known."""

    def covers(self, day: date) -> bool:
        """Whether the step runs that day."""
        return self.start <= day and (self.end is None or day <= self.end)

    @property
    def days(self) -> int | None:
        """How many days it lasts; None without a known end."""
        return None if self.end is None else days_inclusive(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Gap:
    """Days without any step; both days included, and strictly between the steps around.

    `next_step` is None while nothing is planned: the gap then grows with today.
    """

    start: date
    end: date
    previous_step: Step
    next_step: Step | None

    @property
    def days(self) -> int:
        """How many days it lasts, those still to come included when the next step is planned."""
        return days_inclusive(self.start, self.end)

    def days_lived(self, today: date) -> int:
        """How many of its days have come, today included."""
        return max(0, days_inclusive(self.start, min(self.end, today)))


@dataclass(frozen=True, slots=True)
class Span:
    """A period beside the steps: a PASS, days it is suspended, an immersion; both days included."""

    nature: str
    label: str
    start: date
    end: date
    place: str = ""
    """The structure it was recorded for, where it has one."""
    short: str = ""
    """What is written where its nature is said already: « Conduite de chariot »."""

    @property
    def days(self) -> int:
        """How many days it lasts."""
        return days_inclusive(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Mark:
    """A single day on the line: an interview, a competence gained."""

    nature: str
    label: str
    day: date


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table that says the same as the picture."""

    nature: str
    label: str
    place: str
    start: date
    end: date | None
    days: int | None
    is_planned: bool = False


@dataclass(frozen=True, slots=True)
class Thread:
    """Everything the frise shows, seen from one day."""

    today: date
    steps: tuple[Step, ...]
    gaps: tuple[Gap, ...]
    pauses: tuple[Gap, ...] = ()
    """Days without contract inside a step: drawn as one step, counted as what they are."""
    spans: tuple[Span, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def current_step(self) -> Step | None:
        """The step that runs today, the newest when several do."""
        running = [step for step in self.steps if step.covers(self.today)]
        return running[-1] if running else None

    @property
    def next_step(self) -> Step | None:
        """The first step planned after today."""
        return next((step for step in self.steps if step.start > self.today), None)

    @property
    def gap_in_progress(self) -> Gap | None:
        """The gap that holds today."""
        return next((gap for gap in self.gaps if gap.start <= self.today <= gap.end), None)

    @property
    def is_between_two(self) -> bool:
        """Whether the person left a step and has not reached the next one."""
        return self.gap_in_progress is not None

    @property
    def gap_days(self) -> int:
        """Days without any contract so far, the short pauses inside a step included."""
        return sum(gap.days_lived(self.today) for gap in self.gaps) + self.pause_days

    @property
    def pause_days(self) -> int:
        """Those of them that fall in short pauses, between two contracts of one structure."""
        return sum(pause.days_lived(self.today) for pause in self.pauses)

    @property
    def rows(self) -> list[Row]:
        """The line as a table, oldest first."""
        rows = [
            *(Row("Étape", _title(s), s.structure, s.start, s.end, s.days, s.is_planned) for s in self.steps),
            *(
                Row("Entre deux", _between(gap), "", gap.start, gap.end, gap.days, gap.start > self.today)
                for gap in self.gaps
            ),
            *(
                Row(s.nature, s.label, s.place, s.start, s.end, s.days, s.start > self.today)
                for s in self.spans
            ),
            *(
                Row(mark.nature, mark.label, "", mark.day, mark.day, None, mark.day > self.today)
                for mark in self.marks
            ),
        ]
        return sorted(rows, key=lambda row: (row.start, row.nature, row.label))


def thread(
    steps: Iterable[Step],
    *,
    today: date,
    book: RuleBook,
    ended_on: date | None = None,
    spans: Iterable[Span] = (),
    marks: Iterable[Mark] = (),
) -> Thread:
    """Put the steps in order, merge what belongs together, measure the gaps.

    `ended_on` is the day the pathway reached its end (a lasting job, say): no gap begins there.
    """
    steps = list(steps)
    merged = merge_steps(
        (replace(step, is_planned=True) if step.start > today else step for step in steps), book=book
    )
    gaps = gaps_between(merged, today=today, book=book, ended_on=ended_on)
    known = {gap.start for gap in gaps}
    uncovered = gaps_between(steps, today=today, book=book, ended_on=ended_on)
    return Thread(
        today=today,
        steps=tuple(merged),
        gaps=tuple(gaps),
        pauses=tuple(gap for gap in uncovered if gap.start not in known),
        spans=tuple(sorted(spans, key=lambda span: (span.start, span.label))),
        marks=tuple(sorted(marks, key=lambda mark: (mark.day, mark.nature, mark.label))),
    )


def gap_holding(
    today: date, steps: Iterable[Step], *, book: RuleBook, ended_on: date | None = None
) -> Gap | None:
    """The gap of the line that holds today, as `thread(…).gap_in_progress` says it."""
    gaps = gaps_between(merge_steps(steps, book=book), today=today, book=book, ended_on=ended_on)
    return next((gap for gap in gaps if gap.start <= today <= gap.end), None)


def merge_steps(steps: Iterable[Step], *, book: RuleBook) -> list[Step]:
    """Steps under the same label in the same structure become one, short pauses included; oldest first."""
    merged: list[Step] = []
    ends: list[date | None] = []
    last_of: dict[tuple[int | None, str, str, str], int] = {}
    for step in sorted(steps, key=_order):
        key = (step.organisation_id, step.kind, step.structure, step.label)
        at = last_of.get(key)
        if at is not None and _follows(ends[at], step, book):
            ends[at] = _later(ends[at], step.end)
        else:
            last_of[key] = len(merged)
            merged.append(step)
            ends.append(step.end)
    return [
        step if step.end == end else replace(step, end=end) for step, end in zip(merged, ends, strict=True)
    ]


def gaps_between(
    steps: Iterable[Step], *, today: date, book: RuleBook, ended_on: date | None = None
) -> list[Gap]:
    """Days no step covers, between the first step and the last one known, then until today."""
    gaps: list[Gap] = []
    last: Step | None = None
    for step in sorted(steps, key=_order):
        if last is not None and last.end is not None and step.start > day_after(last.end):
            gaps.append(Gap(day_after(last.end), days_after(step.start, -1), last, step))
        if last is None or _later(last.end, step.end) != last.end:
            last = step
    if last is not None and last.end is not None and _is_waiting(last.end, today, book, ended_on):
        gaps.append(Gap(day_after(last.end), today, last, None))
    return gaps


def _is_waiting(last_day: date, today: date, book: RuleBook, ended_on: date | None) -> bool:
    """Whether a gap without known end is growing today, as long as the pathway may not be closed (R18)."""
    if ended_on is not None and ended_on >= last_day:
        return False
    return last_day < today <= months_after(last_day, cut_months(book, today))


def _order(step: Step) -> tuple[date, date, str, str]:
    return step.start, step.end or date.max, step.structure, step.label


def _follows(end: date | None, after: Step, book: RuleBook) -> bool:
    return end is None or after.start <= days_after(end, short_pause_days(book, after.start) + 1)


def _later(one: date | None, other: date | None) -> date | None:
    """The later of two ends, no known end being the latest."""
    return None if one is None or other is None else max(one, other)


def _title(step: Step) -> str:
    return f"{step.label} · {step.kind_label}" if step.label else step.kind_label


def _between(gap: Gap) -> str:
    return "Sans étape prévue" if gap.next_step is None else f"Avant {gap.next_step.structure}"
