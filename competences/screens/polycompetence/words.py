"""Exact fractions in words, and texts cut to the width of a picture."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from textwrap import wrap

from backend.core.values.numbers import decimal_in_words, half_up, percent_in_words
from competences.enums import Level
from competences.rules.polycompetence.person import State

STATE_WORDS = {State.HELD: "tenu", State.NEAR: "proche", State.FAR: "à découvrir"}
STRENGTH_WORDS = {0: "rien de vu", **{level.value: level.label.lower() for level in Level}}


def as_decimal(value: Fraction) -> Decimal:
    """Near enough to be rounded once, where it is shown."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def number(value: Fraction) -> str:
    """« 1,6 »."""
    return decimal_in_words(as_decimal(value))


def percent(value: Fraction) -> str:
    """« 70 % »."""
    return percent_in_words(float(half_up(as_decimal(value), 4)), 0)


def lines(text: str, *, width: int, most: int) -> list[str]:
    """A text on a few lines of so many letters, cut with « … » when it is longer."""
    return wrap(text, width, max_lines=most, placeholder="…", break_long_words=True)


def shortened(text: str, letters: int) -> str:
    """The text, or its first letters and « … »."""
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"
