"""How hours, shares and periods are said in French."""

from __future__ import annotations

from fractions import Fraction

from backend.core.values.dates import MONTHS, NBSP
from backend.core.values.numbers import percent_in_words

MONTHS_IN_A_YEAR = 12


def hours_text(half_hours: int) -> str:
    """« 22 h » or « 22,5 h » from half-hours."""
    return f"{half_hours / 2:g} h".replace(".", ",")


def percent_text(share: Fraction | float) -> str:
    """« 40 % » or « 37,5 % », to one decimal."""
    return percent_in_words(float(share)).replace(NBSP, " ")


def number_text(value: float) -> str:
    """A number as the French write it: « 16,5 »."""
    return f"{value:g}".replace(".", ",")


def period_name(period: int, periods: int) -> str:
    """« en juillet » when periods are months, « en période 3 » otherwise; nothing when the year is one period."""
    if periods == 1:
        return "toute l’année"
    if periods == MONTHS_IN_A_YEAR:
        return f"en {MONTHS[period]}"
    return f"en période {period + 1}"


def listed(items: list[str], last: str = "et") -> str:
    """« a, b et c »."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}" if items else ""
