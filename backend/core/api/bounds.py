"""Values beyond which a date or an identifier can only be a mistake."""

from __future__ import annotations

from datetime import date

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2100, 12, 31)
OUT_OF_CALENDAR = "Cette date est trop éloignée. Choisissez une date entre 1900 et 2100."
