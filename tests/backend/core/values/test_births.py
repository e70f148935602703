"""A birth date known in part: read, compared, counted and told with what is known of it, and no more."""

from __future__ import annotations

import copy
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from backend.core.joining.values import given_back, kept
from backend.core.tables.exports import csv_cell
from backend.core.values.births import (
    born_words,
    from_iso,
    keys_of_birth,
    may_be_one,
    reaches,
    read_birth,
    says_less,
)
from backend.core.values.dates import french_date
from backend.core.values.identifiers import clean_birth_date
from backend.core.values.partial_days import PartialDay, last_possible
from backend.core.values.plausible import WORK, window_findings
from pathways.models import Beneficiary
from pathways.rules.twins.look_alikes import Births, compare_births

TODAY = date(2026, 11, 27)
YEAR, MARCH, DAY = PartialDay(1984), PartialDay(1984, 3), date(1984, 3, 12)
NBSP = "\u00a0"
births = st.one_of(
    st.dates(date(1930, 1, 1), date(2010, 12, 31)),
    st.builds(PartialDay, st.integers(1930, 2010)),
    st.builds(PartialDay, st.integers(1930, 2010), st.integers(1, 12)),
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("12/03/1984", DAY), ("1984-03-12", DAY), ("12 mars 1984", DAY), ("12.3.84", DAY),
        ("1984", YEAR), ("00/00/1984", YEAR), ("1984-00-00", YEAR), ("en 1984", YEAR), (" 1984 ", YEAR),
        ("03/1984", MARCH), ("3/1984", MARCH), ("1984-03", MARCH), ("00/03/1984", MARCH), ("mars 1984", MARCH), ("Mars 84", MARCH),
    ],
)  # fmt: skip
def test_what_people_write(typed, read):
    found = read_birth(typed, today=TODAY)
    assert (found, type(found)) == (read, type(read))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("12/03", "unreadable"), ("84", "unreadable"), ("mars", "unreadable"), ("vers 1984", "unreadable"), ("19 84", "unreadable"),
        ("30/02/1984", "no_such_day"), ("13/1984", "no_such_day"), ("12/00/1984", "no_such_day"), ("0000", "no_such_day"),
        ("1850", "out_of_calendar"), ("03/2150", "out_of_calendar"),
    ],
)  # fmt: skip
def test_what_is_no_birth_date(typed, code):
    with pytest.raises(ValidationError) as refusal:
        read_birth(typed, today=TODAY)
    assert refusal.value.code == code


@given(births)
def test_what_is_kept_comes_back(born):
    for back in (from_iso(born.isoformat()), copy.copy(born), copy.deepcopy(born)):
        assert (back, type(back)) == (born, type(born))
    assert read_birth(born.isoformat(), today=TODAY) == born
    assert read_birth(f"{born:%d/%m/%Y}", today=TODAY) == born
    field = Beneficiary._meta.get_field("birth_date")
    assert given_back(field, kept(field, born)) == born


@given(births, births)
def test_two_births_are_one_when_each_may_hold_a_day_of_the_other(one, other):
    days = {one + timedelta(n) for n in range((last_possible(one) - one).days + 1)}
    shared = {other + timedelta(n) for n in range((last_possible(other) - other).days + 1)} & days
    assert may_be_one(one, other) == bool(shared) == may_be_one(other, one)
    assert may_be_one(one, other) == (
        one.isoformat() in keys_of_birth(other) or other.isoformat() in keys_of_birth(one)
    )
    assert not (says_less(one, other) and says_less(other, one))


def test_a_part_is_never_the_whole_day():
    assert date(1984, 1, 1) != YEAR
    assert PartialDay(1984) == YEAR != PartialDay(1984, 1)
    assert {YEAR, PartialDay(1984), date(1984, 1, 1)} == {YEAR, date(1984, 1, 1)}
    assert all(says_less(*pair) for pair in ((YEAR, DAY), (YEAR, MARCH), (MARCH, DAY)))
    assert not any(
        says_less(*pair)
        for pair in ((DAY, YEAR), (DAY, DAY), (YEAR, YEAR), (YEAR, date(1985, 3, 12)), (None, DAY))
    )


def test_nothing_prints_a_day_nobody_knows():
    assert [french_date(each) for each in (YEAR, MARCH)] == ["1984", f"mars{NBSP}1984"]
    assert born_words(YEAR) == "né·e en 1984"
    assert born_words(DAY) == f"né·e le 12{NBSP}mars{NBSP}1984"
    for born in (YEAR, MARCH):
        told = {
            str(born),
            born.isoformat(),
            f"{born}",
            f"{born:%d/%m/%Y}",
            born.strftime("%d %B %Y"),
            csv_cell(born),
        }
        assert told <= {"1984", "1984-03", "03/1984"}


@pytest.mark.parametrize("born", [YEAR, MARCH, DAY])
def test_an_age_is_refused_only_when_no_day_of_it_allows_it(born):
    first, surely = reaches(born, 16)
    codes = {day: [each.code for each in window_findings(WORK, day, field="on", today=TODAY, born_on=born)]
             for day in (first - timedelta(1), first, surely - timedelta(1), surely)}  # fmt: skip
    assert codes[first - timedelta(1)] == ["day_before_age"]
    assert codes[surely] == []
    if born != DAY:
        assert codes[first] == codes[surely - timedelta(1)] == ["age_not_sure"]


def test_sixteen_to_a_hundred_of_what_is_known():
    on = date(2026, 11, 20)
    assert clean_birth_date(PartialDay(2010), on=on) == PartialDay(2010)
    assert clean_birth_date(PartialDay(1925), on=on) == PartialDay(1925)
    for born in (PartialDay(2010, 12), PartialDay(2011), PartialDay(1925, 11), PartialDay(1924)):
        if born == PartialDay(1925, 11):
            assert clean_birth_date(born, on=on) == born
            continue
        with pytest.raises(ValidationError):
            clean_birth_date(born, on=on)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (YEAR, DAY, Births.PARTLY), (YEAR, YEAR, Births.PARTLY), (YEAR, MARCH, Births.PARTLY), (MARCH, DAY, Births.PARTLY),
        (YEAR, date(1985, 3, 12), Births.APART), (MARCH, date(1984, 4, 12), Births.APART), (YEAR, None, Births.UNKNOWN),
    ],
)  # fmt: skip
def test_two_files_side_by_side(one, other, found):
    assert compare_births(one, other) is compare_births(other, one) is found
