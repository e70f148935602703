"""Days and months as the field counts them."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
SHORT_MONTHS = (
    "janv.", "févr.", "mars", "avr.", "mai", "juin",
    "juil.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip
NBSP = "\u00a0"


def french_date(day: date, *, short: bool = False) -> str:
    """« 3 mars 2026 », « 1er mars 2026 », or « 3 oct. 2026 »; the parts never break apart."""
    names = SHORT_MONTHS if short else MONTHS
    number = "1er" if day.day == 1 else str(day.day)
    return NBSP.join((number, names[day.month - 1], str(day.year)))


def months_after(day: date, months: int) -> date:
    """The same day `months` calendar months later, clipped to the end of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def last_day_after(start: date, months: int) -> date:
    """The last day of so many months begun on `start`, counted date to date: from the 15th to the 14th is a month."""
    return months_after(start, months) - timedelta(days=1)


def month_start(day: date) -> date:
    """The first day of the day's month."""
    return day.replace(day=1)


def month_end(day: date) -> date:
    """The last day of the day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def months_between(start: date, end: date) -> Iterator[date]:
    """First days of each month touched by the period, both ends included."""
    month = month_start(start)
    while month <= end:
        yield month
        month = months_after(month, 1)


def days_inclusive(start: date, end: date) -> int:
    """How many days the period holds, first and last day included."""
    return (end - start).days + 1


def day_after(day: date) -> date:
    """Tomorrow, seen from `day`."""
    return day + timedelta(days=1)


def in_force(table: Mapping[date, T], *, on: date) -> T:
    """The value of a dated table on that day: the newest row that had begun; `KeyError` before the first."""
    begun = [start for start in table if start <= on]
    if not begun:
        raise KeyError(f"nothing in force on {on.isoformat()}")
    return table[max(begun)]
