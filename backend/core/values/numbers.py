"""Whole numbers and plain numbers, as they may be written in an address, a hidden input, a form or a cell."""

from __future__ import annotations

import math
import re
from decimal import Decimal

LARGEST_ID = 2**63 - 1
"""The largest whole number both databases hold: an identifier beyond it names nothing."""
UNREADABLE_WHOLE = "Écrivez un nombre entier, en chiffres."
UNREADABLE_NUMBER = "Écrivez un nombre, en chiffres, avec une virgule ou un point."

_NUMBER = re.compile(r"-?[0-9]{1,12}(?:[.,][0-9]{1,6})?")
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


def finite(number: float) -> bool:
    """Whether one can count with it: not infinite, and a number."""
    return math.isfinite(number)
