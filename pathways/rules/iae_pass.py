"""How long a PASS IAE lasts.

The law says « up to 24 months »; the State platform counts 730 days, which falls one day short of the
calendar whenever a 29 February lies inside. The platform delivers the PASS, so its count is the one we
propose; dates received from it always win over ours.
"""

from __future__ import annotations

from datetime import date

from backend.core.dates import days_after, months_after

PASS_DAYS = 730
PASS_MONTHS = 24
IAE_BASIS = "Code du travail, art. R5132-1-2 et R5132-1-6"


def pass_end(starts_on: date) -> date:
    """Last day of a PASS as the State platform computes it: 730 days, the first one included."""
    return days_after(starts_on, PASS_DAYS - 1)


def calendar_pass_end(starts_on: date) -> date:
    """Last day of 24 months counted date to date, as the text of law reads."""
    return days_after(months_after(starts_on, PASS_MONTHS), -1)


def days_left(ends_on: date, today: date) -> int:
    """Days after today: 0 on the last day, negative once the PASS is over."""
    return (ends_on - today).days


def is_valid_on(day: date, *, starts_on: date, ends_on: date) -> bool:
    """Whether the PASS runs that day, first and last day included."""
    return starts_on <= day <= ends_on
