"""Full-time equivalents (ETP): hours made into posts, and who is counted among the employees of a year.

The reference is the number of hours a full-time employee makes in a year; each kind of structure has its own, an
annexe may carry another one (`Convention.hours_per_fte`).
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

THOUSANDTH = Decimal("0.001")
MONTHS_IN_A_YEAR = 12


def monthly_fte(hours: Decimal, *, reference: Decimal) -> Decimal:
    """R30: the posts that the hours of one month make, `hours` × 12 ÷ `reference`, to the nearest thousandth.

    `reference` is in hours a year, above zero. Source: statistics of the State, code read in August 2026.
    """
    return (hours * MONTHS_IN_A_YEAR / reference).quantize(THOUSANDTH, ROUND_HALF_UP)


def yearly_fte(hours: Decimal, *, reference: Decimal) -> Decimal:
    """R30: the posts that the hours of a whole year make, `hours` ÷ `reference`, to the nearest thousandth."""
    return (hours / reference).quantize(THOUSANDTH, ROUND_HALF_UP)


def is_counted_employee(hours_in_year: Decimal) -> bool:
    """R31: whether someone is counted among the employees of a year; whoever made no hour of it is not."""
    return hours_in_year > 0
