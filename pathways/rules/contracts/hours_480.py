"""The 480 hours an association intermédiaire may lend one person to companies, over 24 months (R08, R09).

Households and non-profit bodies are outside the limit by the text itself. Public administrations are outside
it by deduction (art. L2211-1 does not name them): their hours are not counted, and the result says « to be
confirmed ». Hours whose client is not known are not counted either, and are shown so that someone sorts them.

One reading (R5132-18): the 24 months open on the first day of the first such mise à disposition; once they are
over, the next one opens others. All companies together, within one association.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from backend.core.findings import Finding
from backend.core.values.dates import last_day_after
from backend.core.values.numbers import decimal_in_words
from pathways.enums import ClientKind
from pathways.rules.contracts.durations import Period, share_a_day
from pathways.rules.dated.book import RuleBook
from pathways.rules.dated.rows import HOURS_480, HOURS_480_LIFTED, HOURS_480_WARNING, HOURS_480_WINDOW, YES


class Level480(StrEnum):
    """How close to the ceiling."""

    CALM = "calm"
    NEAR = "near"
    REACHED = "reached"


@dataclass(frozen=True, slots=True)
class HoursLine:
    """Hours of one month with one kind of client (a `ClientKind` value, empty when not known).

    `contract_started_on` tells from which day of the month they may have been worked.
    """

    month: date
    hours: Decimal
    client_kind: str
    contract_started_on: date | None = None

    @property
    def first_day(self) -> date:
        """The first day of the month on which these hours may have been worked."""
        return max(self.month, self.contract_started_on or self.month)


@dataclass(frozen=True, slots=True)
class Window:
    """24 months, both days included, and the hours with companies inside."""

    start: date
    end: date
    counted: Decimal

    @property
    def days(self) -> Period:
        """Its first and last day."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Count480:
    """The counter and what it left out; the window's days are both included, `None` before any hour."""

    counted: Decimal
    excluded: Decimal
    to_confirm: Decimal
    unsorted: Decimal
    window_start: date | None
    window_end: date | None
    ceiling: Decimal
    warning: Decimal

    @property
    def left(self) -> Decimal:
        """Hours still possible in the window, never below zero."""
        return max(self.ceiling - self.counted, Decimal(0))

    @property
    def level(self) -> Level480:
        """Calm below 400 hours, near from 400, reached from 480."""
        if self.counted >= self.ceiling:
            return Level480.REACHED
        return Level480.NEAR if self.counted >= self.warning else Level480.CALM


def count_480(lines: Iterable[HoursLine], *, on: date, book: RuleBook) -> Count480:
    """Hours counted so far in the window that holds `on`, for one person in one association intermédiaire.

    Outside any window nothing is counted, and what is left out is told over the whole past.
    """
    past = [line for line in lines if line.month <= on]
    limits = book.hours(HOURS_480, on=on), book.hours(HOURS_480_WARNING, on=on)
    for window in windows(past, book=book):
        if window.start <= on <= window.end:
            inside = [line for line in past if line.first_day >= window.start]
            return Count480(window.counted, *_left_out(inside), window.start, window.end, *limits)
    return Count480(Decimal(0), *_left_out(past), None, None, *limits)


def windows(lines: Iterable[HoursLine], *, book: RuleBook) -> list[Window]:
    """The windows of 24 months, oldest first.

    Hours are known by month: one opens on the first day its contract and its month allow; a month begun inside a
    window belongs to it whole.
    """
    found: list[Window] = []
    for line in sorted(lines, key=lambda each: (each.first_day, each.hours)):
        if line.client_kind != ClientKind.COMPANY or line.hours <= 0:
            continue
        if found and line.first_day <= found[-1].end:
            last = found[-1]
            found[-1] = Window(last.start, last.end, last.counted + line.hours)
        else:
            months = book.whole(HOURS_480_WINDOW, on=line.first_day)
            found.append(Window(line.first_day, last_day_after(line.first_day, months), line.hours))
    return found


def hours_480_findings(
    line: HoursLine,
    *,
    before: Decimal,
    others: Iterable[HoursLine],
    book: RuleBook,
    organisation_id: int | None = None,
) -> list[Finding]:
    """R08: hours that take a window past 480, or further past it; exactly 480 is accepted.

    `before` is what the line said until now: fewer hours are always accepted. A window already past, because the
    préfet had lifted the limit, says nothing of the others; while the limit is lifted for the structure, nothing is
    refused.
    """
    if line.hours <= before or line.client_kind != ClientKind.COMPANY:
        return []
    day, others = line.first_day, list(others)
    if book.value(HOURS_480_LIFTED, on=day, organisation_id=organisation_id) == YES:
        return []
    ceiling = book.hours(HOURS_480, on=day)
    known = HoursLine(line.month, before, line.client_kind, line.contract_started_on)
    old = windows([*others, known], book=book)
    for window in windows([*others, line], book=book):
        worst = max((each.counted for each in old if share_a_day(each.days, window.days)), default=Decimal(0))
        if window.counted > max(ceiling, worst):
            return [_past(window, ceiling, book, day)]
    return []


def _past(window: Window, ceiling: Decimal, book: RuleBook, day: date) -> Finding:
    return Finding(
        "hours_480",
        f"Avec ces heures, le compteur des entreprises passerait {decimal_in_words(ceiling, 2)} heures sur "
        f"{book.whole(HOURS_480_WINDOW, on=day)} mois.",
        book.basis(HOURS_480, on=day),
        way_out="Vérifiez le type de client ; si le préfet a autorisé un dépassement, enregistrez d’abord sa "
        "décision sur la page « Règles ».",
        field="hours",
    )


def _left_out(lines: Iterable[HoursLine]) -> tuple[Decimal, Decimal, Decimal]:
    """Hours outside the limit by the text, outside by deduction, and not sorted yet."""
    lines = list(lines)
    excluded = _hours(lines, ClientKind.HOUSEHOLD) + _hours(lines, ClientKind.NON_PROFIT)
    return excluded, _hours(lines, ClientKind.PUBLIC), _hours(lines, "")


def _hours(lines: Iterable[HoursLine], client_kind: str) -> Decimal:
    return sum((line.hours for line in lines if line.client_kind == client_kind), Decimal(0))
