"""Whole numbers and plain numbers, as they may be written in an address, a hidden input, a form or a cell."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from backend.core.values.dates import NBSP

LARGEST_ID = 2**63 - 1
"""The largest whole number both databases hold: an identifier beyond it names nothing."""
UNREADABLE_WHOLE = "Écrivez un nombre entier, en chiffres."
UNREADABLE_NUMBER = "Écrivez un nombre, en chiffres, avec une virgule ou un point."

_NUMBER = re.compile(r"-?[0-9]{1,12}(?:[.,][0-9]{1,6})?")
_CLOCK = re.compile(r"([0-9]{1,4})\s*(?:h|:)\s*([0-5][0-9])?(?::[0-5][0-9])?", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]{1,19}")


def whole_number(text: object, *, at_most: int = LARGEST_ID) -> int | None:
    """The number a text holds, from 0 to `at_most`, in the digits 0 to 9 only; None for anything else.

    « ² » and « ٣ » are digits for Python and numbers for nobody here.
    """
    if not _DIGITS.fullmatch(str(text)):
        return None
    number = int(str(text))
    return number if number <= at_most else None


def plain_number(text: object) -> Decimal | None:
    """The number a text holds, a comma or a point before its decimals, spaces between thousands; None otherwise.

    Powers of ten, infinities and other alphabets' digits are numbers for Python only.
    """
    tight = "".join(str(text).split())
    return Decimal(tight.replace(",", ".")) if _NUMBER.fullmatch(tight) else None


def plain_hours(text: object) -> Decimal | None:
    """Hours as people write them: « 110,5 », « 110:30 », « 110 h 30 »; None when it is none of these."""
    found = _CLOCK.fullmatch(str(text).strip())
    if found is None:
        return plain_number(text)
    return half_up(int(found[1]) + Decimal(int(found[2] or 0)) / 60, 2)


def finite(number: float) -> bool:
    """Whether one can count with it: not infinite, and a number."""
    return math.isfinite(number)


def half_up(value: float | Decimal, decimals: int) -> Decimal:
    """The value with so many decimals, a half going up: 6,25 is 6,3, as people round by hand.

    A figure is rounded once, where it is shown: rounded on the way, 13 of 82 (15,853… %) would read 15,8. The
    value is taken as it is written: 0.0625 is that number, not the nearest one a computer holds.
    """
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def decimal_in_words(value: float | Decimal, decimals: int = 1) -> str:
    """« 22,6 » or « 22 »: the French comma, and no zero after it."""
    text = f"{half_up(value, decimals):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def minutes_in_words(minutes: int) -> str:
    """Minutes as one says them: « 45 min », « 1 h », « 1 h 05 »."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02d}" if rest else f"{hours} h"


def percent_in_words(share: float, decimals: int = 1) -> str:
    """« 58 % » or « 58,3 % » from a share between 0 and 1; the two never break apart."""
    return f"{decimal_in_words(Decimal(str(share)) * 100, decimals)}{NBSP}%"


def added(numbers: Iterable[float]) -> float:
    """Their sum as written: 0.1 and 0.2 make 0.3, with nothing rounded."""
    return float(sum((Decimal(str(number)) for number in numbers), Decimal(0)))
