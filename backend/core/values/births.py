"""A birth date, known whole, by its month or by its year alone: read at every door by one function (decision 0087)."""

from __future__ import annotations

import re
from datetime import date

from django.core.exceptions import ValidationError

from backend.core.values.dates import OUT_OF_CALENDAR, french_date, in_calendar, months_after
from backend.core.values.identifiers import YOUNGEST
from backend.core.values.partial_days import PartialDay, last_possible
from backend.core.values.written_days import has_short_year, whole_day, whole_month

UNREADABLE_BIRTH = "Cette date n’existe pas ou ne se lit pas. Écrivez 31/12/1990 ; sans le jour, 12/1990 ; sans le mois, 1990."
HOW_TO_WRITE = "Le jour n’est pas connu ? Écrivez le mois et l’année, ou l’année seule."
_YEAR = re.compile(r"(?:en )?([0-9]{4})", re.IGNORECASE)
_DAYS_OF_A_MONTH = 31


def read_birth(text: str, *, today: date) -> date:
    """« 12/03/1984 », « mars 1984 », « 03/1984 », « 1984 », « 00/00/1984 »: what is known of it, and no more.

    `ValidationError` « unreadable », « no_such_day » or « out_of_calendar »; whether somebody may be born then is the
    affair of `clean_birth_date`. Of a year on two figures, never a child's nor one to come.
    """
    written = str(text).strip()
    year, month, number = _figures(written, latest=today.year - YOUNGEST)
    try:
        if month == 0 and number == 0:
            found: date = PartialDay(year)
        elif number == 0:
            found = PartialDay(year, month)
        else:
            found = date(year, month, number)
    except ValueError as error:
        raise ValidationError(UNREADABLE_BIRTH, code="no_such_day") from error
    if not in_calendar(found):
        raise ValidationError(OUT_OF_CALENDAR, code="out_of_calendar")
    return found


def _figures(written: str, *, latest: int) -> tuple[int, int, int]:
    """Year, month, day, 0 for what is not known."""
    if found := _YEAR.fullmatch(written):
        return int(found[1]), 0, 0
    if day := whole_day(written, latest=latest):
        return day
    month = whole_month(written, latest=latest)
    # « 12/03 » is a day without its year as well: two figures make a year when they can make no day.
    if month and not (has_short_year(written) and month[0] % 100 <= _DAYS_OF_A_MONTH):
        return (*month, 0)
    raise ValidationError(UNREADABLE_BIRTH, code="unreadable")


def from_iso(text: str) -> date:
    """What `isoformat` wrote: « 1984-03-12 », « 1984-03 », « 1984 »."""
    parts = [int(part) for part in text.split("-")]
    return date(*parts) if len(parts) == 3 else PartialDay(*parts)


def reaches(born_on: date, years: int) -> tuple[date, date]:
    """The first day somebody may have that age, and the first day they surely have it; one day when the birth is whole."""
    return months_after(born_on, 12 * years), months_after(last_possible(born_on), 12 * years)


def may_be_one(one: date, other: date) -> bool:
    """Whether two birth dates may be one person's: each can hold a day of the other."""
    return one <= last_possible(other) and other <= last_possible(one)


def says_less(one: object, other: object) -> bool:
    """Whether the first says of one day what the second says more exactly: « 1984 » beside « 12/03/1984 »."""
    if not isinstance(one, PartialDay) or not isinstance(other, date):
        return False
    return one != other and one <= other and last_possible(other) <= one.last


def keys_of_birth(born_on: date) -> list[str]:
    """« 1984-03-12 », « 1984-03 », « 1984 »: what is known of it, then less and less."""
    iso = born_on.isoformat()
    return [iso[:length] for length in (10, 7, 4) if length <= len(iso)]


def born_words(born_on: date, *, short: bool = False) -> str:
    """« né·e le 12 mars 1984 », « né·e en mars 1984 », « né·e en 1984 »."""
    return f"né·e {'en' if isinstance(born_on, PartialDay) else 'le'} {french_date(born_on, short=short)}"
