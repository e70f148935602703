"""SEC-57: nights when the clock changes, leap days and ends of months, from 2015 to 2040."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from backend.core.pages.forms import InstantField
from backend.core.values.dates import days_inclusive, last_day_after, months_after

DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 31))


@given(DAYS, st.integers(0, 60))
def test_months_after_never_skip_a_month_and_keep_the_day_when_it_exists(day, months):
    found = months_after(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    is_last_of_its_month = (found + timedelta(days=1)).month != found.month
    assert found.day == day.day or (found.day < day.day and is_last_of_its_month)


@given(DAYS, st.integers(1, 60))
def test_a_term_of_months_leaves_no_day_before_the_next_one(day, months):
    last = last_day_after(day, months)
    assert last + timedelta(days=1) == months_after(day, months)
    assert 28 * months <= days_inclusive(day, last) <= 31 * months


@pytest.mark.parametrize(
    ("typed", "offset"),
    [
        ("2026-10-24T02:30", 2),
        ("2026-10-26T02:30", 1),
        ("2027-03-27T02:30", 1),
        ("2027-03-29T02:30", 2),
    ],
)
def test_an_hour_typed_is_that_of_its_day(typed, offset):
    assert timezone.localtime(InstantField().clean(typed)).utcoffset() == timedelta(hours=offset)


@pytest.mark.parametrize("typed", ["2026-10-25T02:30", "2027-03-28T02:30"])
def test_an_hour_that_happens_twice_or_never_is_asked_again(typed):
    with pytest.raises(ValidationError):
        InstantField().clean(typed)
