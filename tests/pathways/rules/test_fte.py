"""R30 and R31: hours made into posts, and who is counted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.rules.dated.rows import BUILT_IN, fte_hours_name
from pathways.rules.fte import is_counted_employee, monthly_fte, yearly_fte

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("kind", "hours", "fte"),
    [
        ("ACI", "130", "0.857"),
        ("ACI", "151.67", "1.000"),
        ("EI", "125.42", "1.000"),
        ("ETTI", "133.33", "1.000"),
        ("AI", "133.92", "1.000"),
        ("ACI", "0", "0.000"),
        ("ACI", "0.08", "0.001"),  # 0.000527: half a thousandth and a little goes up
        ("ACI", "0.07", "0.000"),
    ],
)
def test_r30_hours_of_a_month_make_posts_to_the_third_decimal(kind, hours, fte):
    reference = BUILT_IN.hours(fte_hours_name(kind), on=TODAY)
    assert monthly_fte(Decimal(hours), reference=reference) == Decimal(fte)


def test_r30_the_reference_of_an_eiti_stops_with_2024():
    name = fte_hours_name("EITI")
    assert BUILT_IN.hours(name, on=date(2024, 12, 31)) == 1505
    assert BUILT_IN.value(name, on=date(2025, 1, 1)) is None


@given(hours=st.integers(0, 10_000_000), reference=st.integers(1_000, 2_000))
def test_r30_twelve_equal_months_make_the_year(hours, reference):
    month = Decimal(hours) / 12
    assert monthly_fte(month, reference=Decimal(reference)) == yearly_fte(
        Decimal(hours), reference=Decimal(reference)
    )


@pytest.mark.parametrize(("hours", "counted"), [("0", False), ("0.25", True), ("1", True)])
def test_r31_whoever_made_no_hour_in_the_year_is_not_counted(hours, counted):
    assert is_counted_employee(Decimal(hours)) is counted
