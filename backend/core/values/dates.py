"""Days and months as the field counts them."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TypeVar

from backend.core.values.partial_days import PartialDay

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

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
"""The calendar of the product: beyond it, a day can only be a mistake."""
OUT_OF_CALENDAR = "Cette date est trop éloignée. Choisissez une date entre 1900 et 2100."
UNREADABLE_DAY = "Cette date n’existe pas ou ne se lit pas. Écrivez le jour, le mois et l’année : 31/12/2026."


def in_calendar(day: date) -> bool:
    """Whether a person may type this day: from 1900 to 2100, whatever the door."""
    return FIRST_DAY <= day <= LAST_DAY


def french_date(day: date, *, short: bool = False) -> str:
    """« 3 mars 2026 », « 1er mars 2026 », or « 3 oct. 2026 »; the parts never break apart.

    Of a day known in part, what is known: « mars 1984 », « 1984 ».
    """
    names = SHORT_MONTHS if short else MONTHS
    if isinstance(day, PartialDay):
        known = (names[day.month - 1], str(day.year)) if day.has_month else (str(day.year),)
        return NBSP.join(known)
    number = "1er" if day.day == 1 else str(day.day)
    return NBSP.join((number, names[day.month - 1], str(day.year)))


def french_move(was: date, now: date) -> str:
    """« du 12 au 19 décembre », « du 28 décembre 2026 au 4 janvier 2027 »: the year only when it changes."""
    first, last = french_date(was), french_date(now)
    if was.year == now.year:
        first, last = (words.rpartition(NBSP)[0] for words in (first, last))
        if was.month == now.month:
            first = first.partition(NBSP)[0]
    return f"du {first} au {last}"


def months_after(day: date, months: int) -> date:
    """The same day `months` calendar months later, clipped to the end of a shorter month; `date.max` past it."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    if year > date.max.year:
        return date.max
    if year < date.min.year:
        return date.min
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def days_after(day: date, days: int) -> date:
    """The day so many days later, or earlier; the calendar's own ends rather than beyond them.

    Whatever is stored, a page that counts from it is still drawn.
    """
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def instant_after(instant: datetime, span: timedelta) -> datetime:
    """The instant so much later; the same one rather than beyond the calendar's own end."""
    try:
        return instant + span
    except OverflowError:
        return instant


def last_day_after(start: date, months: int) -> date:
    """The last day of so many months begun on `start`, counted date to date: from the 15th to the 14th is a month."""
    return days_after(months_after(start, months), -1)


def days_in_words(count: int) -> str:
    """« 1 jour », « 12 jours »."""
    return f"{count}{NBSP}{'jours' if count > 1 else 'jour'}"


def month_start(day: date) -> date:
    """The first day of the day's month."""
    return day.replace(day=1)


def month_end(day: date) -> date:
    """The last day of the day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def days_inclusive(start: date, end: date) -> int:
    """How many days the period holds, first and last day included."""
    return (end - start).days + 1


def day_after(day: date) -> date:
    """Tomorrow, seen from `day`."""
    return days_after(day, 1)


def in_force(table: Mapping[date, T], *, on: date) -> T:
    """The value of a dated table on that day: the newest row that had begun; `KeyError` before the first."""
    begun = [start for start in table if start <= on]
    if not begun:
        raise KeyError(f"nothing in force on {on.isoformat()}")
    return table[max(begun)]


def whole_year(two: int, *, latest: int) -> int:
    """A year written with two figures: the most recent one that ends so and is not after `latest`."""
    return latest - (latest - two) % 100
