"""A day of which only the year, or the month and the year, is known: « 1984 », « mars 1984 »."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Any, Self


class PartialDay(date):
    """Counted as the first day it may be, so that « not before » stays certain; `last` is the last one.

    Equal to another that says as much, never to a whole day; written « 1984 » or « 1984-03 » (ISO 8601). Whatever
    prints a day prints what is known of it, and no more.
    """

    __slots__ = ("has_month",)
    has_month: bool

    def __new__(cls, year: int, month: int | None = None, day: int | None = None) -> Self:
        """« 1984 », or « 1984-03 »; with its day it is a plain date, which is also what adding days to one gives."""
        if day is not None:
            return date(year, month or 1, day)  # type: ignore[return-value]
        made = super().__new__(cls, year, month or 1, 1)
        made.has_month = month is not None
        return made

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PartialDay) and self.isoformat() == other.isoformat()

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.isoformat())

    def __reduce__(self) -> tuple[type[PartialDay], tuple[int, ...]]:
        return PartialDay, (self.year, self.month) if self.has_month else (self.year,)

    @property
    def last(self) -> date:
        """The last day it may be."""
        month = self.month if self.has_month else 12
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    def isoformat(self) -> str:
        """« 1984-03 », « 1984 »."""
        return f"{self.year:04d}-{self.month:02d}" if self.has_month else f"{self.year:04d}"

    def strftime(self, form: Any) -> str:
        """« 03/1984 », « 1984 », whatever the form: a day nobody knows is not printed."""
        return f"{self.month:02d}/{self.year:04d}" if self.has_month else f"{self.year:04d}"


def last_possible(day: date) -> date:
    """The latest day it can be, of what is known; itself when it is whole."""
    return day.last if isinstance(day, PartialDay) else day
