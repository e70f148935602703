"""Hours wanted: one wish a day, moments that exist, a week the law knows."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from pathways.rules.dated.rows import BUILT_IN
from pathways.rules.income.wishes import Wish, WishFacts, wish_findings, wish_on

TODAY, DAY = date(2026, 11, 25), timedelta(days=1)


def found(**said):
    facts = {"start": TODAY, "weekly": Decimal(24), "moments": (), "today": TODAY} | said
    return wish_findings(WishFacts(**facts), book=BUILT_IN)


def codes(**said):
    return [each.code for each in found(**said)]


def test_a_wish_may_be_told_without_any_moment():
    assert found() == []


@pytest.mark.parametrize(
    ("other", "expected"), [(TODAY - DAY, []), (TODAY, ["wish_same_day"]), (TODAY + DAY, [])]
)
def test_one_wish_begins_on_a_day(other, expected):
    assert codes(others=(other,)) == expected


@pytest.mark.parametrize(("hours", "expected"), [("35", []), ("35.25", ["wish_past_the_week"])])
def test_more_than_the_legal_week_deserves_a_look_and_is_not_refused(hours, expected):
    seen = found(weekly=Decimal(hours))
    assert [each.code for each in seen] == expected
    assert not any(each.refuses for each in seen)


@pytest.mark.parametrize(
    ("moments", "expected"),
    [
        (("LUN_M",) * 1, ["wish_few_moments"]),
        (("LUN_M", "MAR_M", "JEU_M", "VEN_M"), []),
        (("LUN_M", "NUIT"), ["wish_unknown_moment"]),
    ],
)
def test_hours_hold_in_the_moments_chosen(moments, expected):
    assert codes(moments=moments) == expected


@pytest.mark.parametrize(
    ("day", "weekly"),
    [(date(2026, 2, 28), None), (date(2026, 3, 1), 20), (date(2026, 8, 31), 20), (date(2026, 9, 1), 30)],
)
def test_a_wish_holds_until_the_next_one_begins(day, weekly):
    wishes = [Wish(date(2026, 9, 1), Decimal(30)), Wish(date(2026, 3, 1), Decimal(20))]
    wish = wish_on(day, wishes)
    assert (wish and wish.weekly) == weekly
