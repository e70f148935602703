"""Months, chance and hand-written stories count as people of the field count."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.values.dates import last_day_after, months_after
from backend.demo.chance.calendar_tools import (
    at_clock,
    first_day_of_pass,
    last_day_of_pass,
    months_within,
    weekday_from,
)
from backend.demo.chance.dice import Dice, Odds
from backend.demo.simulate import simulate
from competences.enums import ProofStatus

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 3, 1), 4, date(2026, 6, 30)),
        (date(2025, 10, 31), 4, date(2026, 2, 27)),
        (date(2023, 10, 31), 4, date(2024, 2, 28)),
        (date(2026, 1, 1), 24, date(2027, 12, 31)),
    ],
)
def test_a_contract_of_some_months_ends_on_the_eve_of_the_same_day(start, months, end):
    assert last_day_after(start, months) == end


@given(DAYS, st.integers(0, 900))
def test_days_of_a_period_are_split_between_its_months_without_loss(start, length):
    end = date.fromordinal(start.toordinal() + length)
    split = list(months_within(start, end))
    assert sum(days for _, days in split) == length + 1
    assert [month for month, _ in split] == [
        months_after(start.replace(day=1), rank) for rank in range(len(split))
    ]


@given(DAYS)
def test_interviews_fall_on_working_days_at_paris_time(day):
    moved = weekday_from(day)
    assert moved.weekday() < 5
    assert 0 <= (day - moved).days <= 2
    assert at_clock(moved, 9).utcoffset().total_seconds() in {3600, 7200}


@given(st.dates(date(2012, 1, 1), date(2040, 1, 1)))
def test_a_pass_is_found_by_its_last_day(end):
    """By the calendar, no PASS ends on 28 February of a leap year: the next day does."""
    start = first_day_of_pass(end)
    assert 0 <= (last_day_of_pass(start) - end).days <= 1
    assert last_day_of_pass(start - timedelta(days=1)) < end


def test_dice_of_one_key_repeat_and_those_of_another_differ():
    def throw(*key):
        dice = Dice(*key)
        return [dice.whole(1, 1_000_000) for _ in range(5)]

    assert throw(1, "person", 2) == throw(1, "person", 2)
    assert throw(1, "person", 2) != throw(1, "person", 3)


def test_odds_give_each_value_its_share_and_never_one_of_no_weight():
    dice, odds = Dice("odds"), Odds({"often": 3.0, "never": 0.0, "seldom": 1.0})
    counts = Counter(dice.draw(odds) for _ in range(8_000))
    assert set(counts) == {"often", "seldom"}
    assert counts["often"] / 8_000 == pytest.approx(0.75, abs=0.03)


@given(st.floats(-5, 5), st.floats(0.1, 5), st.floats(0.1, 5), st.integers())
def test_a_peaked_draw_stays_between_its_bounds(low, first, second, key):
    mode, high = low + first, low + first + second
    assert low <= Dice(key).peaked(low, high, mode) <= high


def test_a_competence_is_seen_once_a_day_and_its_level_never_falls():
    territory = simulate(300, 10, 3, 8, date(2026, 11, 22))
    levels = {}
    for each in territory.assessments:
        if each.status is ProofStatus.OBSERVED:
            levels.setdefault((each.person, each.observer, each.rome_code, each.ordinal), []).append(each)
    assert levels
    for seen in levels.values():
        assert len({each.date for each in seen}) == len(seen)
        assert [each.level for each in seen] == sorted(each.level for each in seen)
        assert all(1 <= each.level <= 4 for each in seen)
