"""A day as people write it, figure by figure: « 3/2/2026 », « 2026-02-03 », « 3 février 26 »; what is missing is 0."""

from __future__ import annotations

import re

from backend.core.values.dates import MONTHS, whole_year
from backend.core.values.text import normalise

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})|([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4}|[0-9]{2})")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})|([0-9]{1,2})[/.-]([0-9]{4}|[0-9]{2})")
_IN_LETTERS = re.compile(r"(?:([0-9]{1,2})(?:er)? )?([a-z]+) ([0-9]{4}|[0-9]{2})")
_NAMES_OF_MONTHS = tuple(normalise(name) for name in MONTHS)


def whole_day(text: str, *, latest: int) -> tuple[int, int, int] | None:
    """Year, month and day as written; of a year on two figures, the last not after `latest`. None for anything else."""
    found = _DAY.fullmatch(in_figures(text))
    if not found:
        return None
    year, month, number = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
    return _year(year, latest), int(month), int(number)


def whole_month(text: str, *, latest: int) -> tuple[int, int] | None:
    """Year and month as written; None for anything else."""
    found = _MONTH.fullmatch(in_figures(text))
    if not found:
        return None
    year, month = (found[1], found[2]) if found[1] else (found[4], found[3])
    return _year(year, latest), int(month)


def has_short_year(text: str) -> bool:
    """Whether a day or a month is written with a year on two figures: how it was read is then said."""
    figures = in_figures(text)
    found = _DAY.fullmatch(figures)
    if found:
        return len(found[6] or "") == 2
    found = _MONTH.fullmatch(figures)
    return found is not None and len(found[4] or "") == 2


def in_figures(text: str) -> str:
    """« 3 février 2026 » as 3/2/2026, « fév. 2026 » as 2/2026; anything else as it is."""
    found = _IN_LETTERS.fullmatch(normalise(text))
    if not found:
        return text
    numbers = [
        number
        for number, name in enumerate(_NAMES_OF_MONTHS, start=1)
        if len(found[2]) >= 3 and name.startswith(found[2])
    ]
    if len(numbers) != 1:
        return text
    return "/".join(part for part in (found[1], str(numbers[0]), found[3]) if part)


def _year(written: str, latest: int) -> int:
    return whole_year(int(written), latest=latest) if len(written) == 2 else int(written)
