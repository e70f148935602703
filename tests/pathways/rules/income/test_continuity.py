"""Income month by month: what is wanted, what is obtained, what each gap cost."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from pathways.rules.dated.rows import BUILT_IN
from pathways.rules.income.continuity import (
    MonthOfIncome,
    Work,
    far_from_wanted,
    far_in_words,
    losses_of,
    months_of_income,
    rights_findings,
)
from pathways.rules.income.wishes import Wish
from pathways.rules.passes.facts import PassFacts, Suspension
from pathways.rules.timeline import Gap, Step

TODAY, DAY = date(2026, 11, 25), timedelta(days=1)
STEP = Step("ACI", "ACI", "Jardins rêvés", date(2026, 1, 1), date(2026, 9, 30))
WISH = Wish(date(2026, 1, 1), Decimal(28))


def gap(start, end):
    return Gap(start, end, STEP, None)


def months(works=(), wishes=(), gaps=(), today=TODAY):
    return {each.month: each for each in months_of_income(works, wishes, gaps, today=today)}


def test_every_contract_of_every_structure_adds_up_told_hours_first():
    works = [
        Work(date(2026, 9, 1), date(2026, 10, 31), Decimal(14), {date(2026, 9, 1): Decimal(50)}),
        Work(date(2026, 10, 1), None, Decimal(7)),
    ]
    found = months(works)
    assert found[date(2026, 9, 1)].hours == 50
    assert not found[date(2026, 9, 1)].is_estimated
    assert found[date(2026, 10, 1)].weekly == 21
    assert found[date(2026, 10, 1)].is_estimated


def test_hours_nobody_told_of_a_contract_without_weekly_hours_are_not_known():
    found = months([Work(date(2026, 10, 1), None)])[date(2026, 10, 1)]
    assert (found.hours, found.weekly, found.share) == (None, None, None)


def test_the_month_under_way_is_read_until_today():
    found = months([Work(date(2026, 10, 1), None, Decimal(7))])[date(2026, 11, 1)]
    assert (found.days, found.hours, found.is_under_way) == (25, 25, True)


def test_the_share_never_depends_on_the_length_of_the_month():
    found = months([Work(date(2026, 1, 1), None, Decimal(14))], [WISH])
    assert {each.share for each in found.values()} == {Decimal("0.5")}


def test_a_newer_wish_counts_from_its_day_on():
    wishes = [WISH, Wish(date(2026, 10, 17), Decimal(35))]
    assert months(wishes=wishes)[date(2026, 10, 1)].wanted == 16 * 4 + 15 * 5


def test_a_month_that_no_wish_covers_whole_is_not_compared():
    found = months(wishes=[Wish(date(2026, 10, 2), Decimal(28))])
    assert found[date(2026, 10, 1)].wanted is None
    assert found[date(2026, 11, 1)].wanted == 25 * 4


def test_days_without_work_fall_in_their_month():
    found = months([Work(date(2026, 1, 1), date(2026, 9, 20))], gaps=[gap(date(2026, 9, 21), TODAY)])
    assert [found[date(2026, month, 1)].days_without for month in (8, 9, 10, 11)] == [0, 10, 31, 25]


def test_nothing_is_drawn_before_anything_began_and_twelve_months_at_most():
    assert months() == {}
    assert months([Work(TODAY + DAY, None, Decimal(7))]) == {}
    assert sorted(months([Work(date(2020, 1, 1), None, Decimal(7))]))[0] == date(2025, 12, 1)


def far(*shares, asked=None):
    rows = [
        MonthOfIncome(date(2026, 8 + at, 1), 28, None if share is None else Decimal(share), Decimal(100), 0)
        for at, share in enumerate(shares)
    ]
    return [each.month.month for each in far_from_wanted(rows, today=TODAY, book=BUILT_IN)]


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        (("59.99", "59.99"), [8, 9]),
        (("60", "59"), []),
        (("59", "60"), []),
        (("59",), []),
        (("59", None), []),
        (("10", "59", "59"), [9, 10]),
    ],
)
def test_far_less_than_wanted_is_two_whole_months_in_a_row_under_the_bound(shares, expected):
    assert far(*shares) == expected


def test_the_month_under_way_never_makes_it_far():
    rows = [
        MonthOfIncome(date(2026, 10, 1), 31, Decimal(0), Decimal(100), 0),
        MonthOfIncome(date(2026, 11, 1), 25, Decimal(0), Decimal(100), 0, is_under_way=True),
    ]
    assert far_from_wanted(rows, today=TODAY, book=BUILT_IN) == []


def test_the_gap_is_told_with_its_bound_and_its_confidence():
    rows = [MonthOfIncome(date(2026, 10, 1), 28, Decimal(38), Decimal(96), 0)] * 2
    words = far_in_words(rows, today=TODAY, book=BUILT_IN)
    assert words == (
        "Depuis 2 mois : 9,5 h obtenues par semaine pour 24 h souhaitées. Seuil : 60 %, à confirmer."
    )


def rights(start, last, *passes):
    return [each.code for each in rights_findings(start, last, passes, book=BUILT_IN)]


def test_days_of_a_pass_that_ran_while_nobody_worked_are_counted_but_those_suspended():
    iae = PassFacts(
        date(2026, 1, 1), date(2027, 12, 31), (Suspension(date(2026, 10, 11), date(2026, 10, 31)),)
    )
    [found] = rights_findings(date(2026, 10, 1), date(2026, 10, 31), [iae], book=BUILT_IN)
    assert (found.code, "10\u00a0jours" in found.sentence) == ("gap_spends_the_pass", True)
    whole = PassFacts(
        date(2026, 1, 1), date(2027, 12, 31), (Suspension(date(2026, 10, 1), date(2026, 10, 31)),)
    )
    assert rights(date(2026, 10, 1), date(2026, 10, 31), whole) == []


@pytest.mark.parametrize(("last", "is_said"), [(date(2026, 10, 15), False), (date(2026, 10, 16), True)])
def test_a_suspension_is_only_spoken_of_when_the_law_knows_one(last, is_said):
    iae = PassFacts(date(2026, 1, 1), date(2027, 12, 31))
    [found] = rights_findings(date(2026, 10, 1), last, [iae], book=BUILT_IN, is_under_way=True)
    assert bool(found.way_out) is is_said
    [over] = rights_findings(date(2026, 10, 1), last, [iae], book=BUILT_IN)
    assert over.way_out == ""


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (date(2026, 9, 30), []),
        (date(2026, 10, 30), ["gap_spends_the_pass", "gap_ends_the_pass"]),
        (date(2026, 10, 31), ["gap_spends_the_pass"]),
    ],
)
def test_a_pass_that_ends_during_a_gap_is_said(end, expected):
    assert rights(date(2026, 10, 1), date(2026, 10, 31), PassFacts(date(2024, 11, 1), end)) == expected


def test_what_each_gap_cost_the_latest_first_and_only_what_was_lived():
    gaps = [
        gap(date(2026, 3, 2), date(2026, 3, 8)),
        gap(date(2026, 11, 19), date(2026, 12, 31)),
        gap(date(2027, 1, 4), date(2027, 1, 5)),
    ]
    found = losses_of(gaps, [WISH], [], today=TODAY, book=BUILT_IN)
    assert [(each.days, each.hours, each.is_under_way) for each in found] == [(7, 28, True), (7, 28, False)]
    assert losses_of(gaps[:1], [], [], today=TODAY, book=BUILT_IN)[0].hours is None
