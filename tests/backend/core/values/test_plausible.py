"""Windows of days: the day before, the day, the day after each bound; and wide enough for real lives."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.values import plausible
from backend.core.values.plausible import (
    FIRST_AGREEMENTS,
    FIRST_STRUCTURES,
    FIRST_VAE,
    LOOK,
    MEETING,
    PAPER,
    PASS,
    REGISTERED,
    RULE,
    SEEN,
    VAE,
    WORK,
    Window,
    end_findings,
    promise_findings,
    window_findings,
)

TODAY = date(2026, 11, 26)
BORN = date(2000, 5, 5)
A_DAY = timedelta(days=1)
WINDOWS = [value for value in vars(plausible).values() if isinstance(value, Window)]


def codes(window, day, **known):
    return [found.code for found in window_findings(window, day, field="day", today=TODAY, **known)]


@pytest.mark.parametrize(
    ("window", "first"),
    [
        (WORK, FIRST_STRUCTURES),
        (MEETING, FIRST_STRUCTURES),
        (RULE, FIRST_STRUCTURES),
        (PASS, FIRST_AGREEMENTS),
        (VAE, FIRST_VAE),
        (SEEN, date(1966, 11, 26)),
        (PAPER, date(1966, 11, 26)),
        (REGISTERED, FIRST_VAE),
        (LOOK, date(2016, 11, 26)),
    ],
)
def test_the_first_day_possible_is_taken_and_the_one_before_is_not(window, first):
    assert codes(window, first) == []
    assert codes(window, first - A_DAY) == ["day_too_old"]


@pytest.mark.parametrize(
    ("window", "last"),
    [
        (WORK, date(2027, 11, 26)),
        (PASS, date(2027, 11, 26)),
        (VAE, date(2027, 11, 26)),
        (LOOK, TODAY),
        (RULE, date(2031, 11, 26)),
        (REGISTERED, date(2036, 11, 26)),
    ],
)
def test_the_last_day_possible_is_taken_and_the_one_after_is_not(window, last):
    assert codes(window, last) == []
    assert codes(window, last + A_DAY) == ["day_too_far"]


@pytest.mark.parametrize(("window", "birthday"), [(WORK, date(2016, 5, 5)), (SEEN, date(2014, 5, 5))])
def test_nobody_works_before_sixteen_nor_learns_a_trade_before_fourteen(window, birthday):
    assert codes(window, birthday, born_on=BORN) == []
    assert codes(window, birthday - A_DAY, born_on=BORN) == ["day_before_age"]
    assert codes(window, birthday - A_DAY) == []


def promised(day, **known):
    return [found.code for found in promise_findings(day, field="day", today=TODAY, **known)]


def test_a_promise_is_for_today_or_later_and_within_a_pathway():
    assert promised(TODAY) == []
    assert promised(TODAY - A_DAY) == ["day_already_past"]
    assert promised(date(2031, 11, 26)) == []
    assert promised(date(2031, 11, 27)) == ["day_too_far"]


def test_an_interview_told_late_keeps_what_was_agreed_that_day():
    agreed = date(2026, 11, 3)
    assert promised(date(2026, 11, 10), made_on=agreed) == []
    assert promised(agreed, made_on=agreed) == []
    assert promised(agreed - A_DAY, made_on=agreed) == ["day_already_past"]
    assert promised(TODAY, made_on=TODAY + A_DAY) == []


def test_an_end_is_counted_from_its_beginning():
    start = date(2026, 1, 5)
    assert list(end_findings(None, field="end", started_on=start)) == []
    assert list(end_findings(date(2031, 1, 5), field="end", started_on=start)) == []
    assert [found.code for found in end_findings(date(2031, 1, 6), field="end", started_on=start)] == [
        "day_too_far"
    ]


@given(st.dates(), st.sampled_from(WINDOWS), st.none() | st.dates())
def test_a_window_says_one_thing_at_most_and_a_file_may_keep_it(day, window, born_on):
    found = list(window_findings(window, day, field="day", today=TODAY, born_on=born_on))
    assert len(found) <= 1
    for finding in found:
        assert (finding.field, finding.is_contradiction, finding.refuses) == ("day", False, True)
        assert finding.sentence.endswith(".")
        assert finding.way_out.endswith(".")
