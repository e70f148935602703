"""The 480 hours an association intermédiaire may lend one person to companies, over 24 months.

Households and non-profit bodies are outside the limit by the text itself. Public administrations are outside
it by deduction (art. L2211-1 does not name them): their hours are not counted, and the result says « to be
confirmed ». Hours whose client is not known are not counted either, and are shown so that someone sorts them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from backend.core.dates import days_after, month_start, months_after
from backend.core.errors import DomainError
from pathways.enums import ClientKind

CEILING_HOURS = Decimal(480)
WARNING_HOURS = Decimal(400)
"""Where we start to warn; the law knows only the ceiling."""
WINDOW_MONTHS = 24
HOURS_480_BASIS = "Code du travail, art. L5132-9 et R5132-18"


class Level480(StrEnum):
    """How close to the ceiling."""

    CALM = "calm"
    NEAR = "near"
    REACHED = "reached"


@dataclass(frozen=True, slots=True)
class HoursLine:
    """Hours of one month with one kind of client (a `ClientKind` value, empty when not known)."""

    month: date
    hours: Decimal
    client_kind: str


@dataclass(frozen=True, slots=True)
class Count480:
    """The counter and what it left out; the window's days are both included, `None` before any hour."""

    counted: Decimal
    excluded: Decimal
    to_confirm: Decimal
    unsorted: Decimal
    window_start: date | None
    window_end: date | None

    @property
    def left(self) -> Decimal:
        """Hours still possible in the window, never below zero."""
        return max(CEILING_HOURS - self.counted, Decimal(0))

    @property
    def level(self) -> Level480:
        """Calm below 400 hours, near from 400, reached from 480."""
        if self.counted >= CEILING_HOURS:
            return Level480.REACHED
        return Level480.NEAR if self.counted >= WARNING_HOURS else Level480.CALM


def count_480(lines: Iterable[HoursLine], *, on: date) -> Count480:
    """Hours counted so far in the window that holds `on`, for one person in one association intermédiaire.

    Outside any window nothing is counted, and what is left out is told over the whole past.
    """
    past = [line for line in lines if line.month <= on]
    for start in window_starts(past):
        end = window_end(start)
        if start <= on <= end:
            inside = [line for line in past if line.month >= start]
            return Count480(_hours(inside, ClientKind.COMPANY), *_left_out(inside), start, end)
    return Count480(Decimal(0), *_left_out(past), None, None)


def window_starts(lines: Iterable[HoursLine]) -> list[date]:
    """First day of each window of 24 months, oldest first.

    Hours are known by month, so a window opens on the first day of the month of the first hours with a
    company; once it is over, the next such hours open another (our reading of the text).
    """
    months = sorted(line.month for line in lines if line.client_kind == ClientKind.COMPANY and line.hours > 0)
    starts: list[date] = []
    for month in months:
        if not starts or month > window_end(starts[-1]):
            starts.append(month_start(month))
    return starts


def window_end(start: date) -> date:
    """Last day of the window."""
    return days_after(months_after(start, WINDOW_MONTHS), -1)


def check_480(lines: Iterable[HoursLine]) -> None:
    """Refuse hours that take the counter past 480 in any window; exactly 480 is accepted."""
    lines = list(lines)
    counts = [count_480(lines, on=window_end(start)) for start in window_starts(lines)]
    if any(count.counted > CEILING_HOURS for count in counts):
        raise DomainError(
            "hours_480",
            f"Avec ces heures, le compteur des entreprises passerait {CEILING_HOURS} heures sur "
            f"{WINDOW_MONTHS} mois. Vérifiez le type de client ; si le préfet a autorisé un dépassement, "
            "indiquez-le.",
            field="hours",
            basis=HOURS_480_BASIS,
        )


def _left_out(lines: Iterable[HoursLine]) -> tuple[Decimal, Decimal, Decimal]:
    """Hours outside the limit by the text, outside by deduction, and not sorted yet."""
    lines = list(lines)
    excluded = _hours(lines, ClientKind.HOUSEHOLD) + _hours(lines, ClientKind.NON_PROFIT)
    return excluded, _hours(lines, ClientKind.PUBLIC), _hours(lines, "")


def _hours(lines: Iterable[HoursLine], client_kind: str) -> Decimal:
    return sum((line.hours for line in lines if line.client_kind == client_kind), Decimal(0))
