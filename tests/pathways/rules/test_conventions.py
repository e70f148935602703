"""Where the year of a convention goes: months made, the mean of the last ones, the gap (R30)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pathways.rules.conventions import Agreed, convention_findings, plan_year
from pathways.rules.dated.rows import BUILT_IN

TODAY = date(2026, 11, 22)
REFERENCE = Decimal(1820)


def hours(*worked, year=2026):
    return {date(year, number, 1): Decimal(many) for number, many in enumerate(worked, start=1)}


def plan(worked, *, today=TODAY, reference=REFERENCE, **agreed):
    told = Agreed("ACI", 2026, **{"fte": Decimal(12), **agreed})
    return plan_year(told, worked, reference=reference, today=today, book=BUILT_IN)


def codes(**said):
    return [each.code for each in convention_findings(Agreed(**{"structure_kind": "ACI", "year": 2026, **said}), today=TODAY, book=BUILT_IN)]  # fmt: skip


def test_months_not_typed_yet_go_on_like_the_last_three():
    found = plan(hours(1000, 1000, 1000, 1820, 1820, 1820), today=date(2026, 8, 3))
    assert found.mean == Decimal(1820)
    assert found.made_months == 6
    assert [month.is_made for month in found.months] == [True] * 6 + [False] * 6
    assert (found.made_hours, found.foreseen_hours) == (Decimal(8460), Decimal(10920))
    assert found.made == Decimal("4.648")
    assert found.foreseen == Decimal("10.648")  # (8460 + 10920) / 1820
    assert found.drift == Decimal("-11.3")
    assert found.months[6].fte == Decimal("12.000")


def test_the_current_month_is_foreseen_even_when_begun():
    found = plan(hours(1820, 1820, 1820, 900), today=date(2026, 4, 20))
    assert found.made_months == 3
    assert found.months[3].hours == Decimal(1820)


def test_a_month_left_empty_before_a_typed_one_is_made_without_an_hour():
    found = plan({date(2026, 1, 1): Decimal(100), date(2026, 3, 1): Decimal(200)}, today=date(2026, 5, 1))
    assert [month.hours for month in found.months[:4]] == [100, 0, 200, 100]


def test_a_year_that_is_over_is_made_whole():
    found = plan(hours(1820), today=date(2027, 1, 1))
    assert found.made_months == 12
    assert found.foreseen_hours == 0
    assert found.foreseen == found.made == Decimal("1.000")


def test_an_annexe_of_six_months_counts_for_six_twelfths_and_only_its_hours():
    found = plan(hours(*[1820] * 12), today=date(2027, 1, 1), first_month=7)
    assert found.agreed == Decimal("6.000")
    assert found.made_hours == Decimal(10920)
    assert found.drift == Decimal("0.0")
    assert [month.agreed for month in found.months] == [None] * 6 + [Decimal(12)] * 6


@pytest.mark.parametrize(
    ("each", "months", "drifting"),
    [(1638, 2, False), (1638, 3, True), (1656, 3, False), (2002, 3, True), (1984, 3, False)],
)
def test_a_year_drifts_from_ten_percent_after_three_months(each, months, drifting):
    assert plan(hours(*[each] * months), today=date(2026, 9, 1)).is_drifting is drifting


def test_nothing_typed_foresees_nothing_and_no_reference_makes_no_post():
    empty = plan({})
    assert (empty.mean, empty.foreseen, empty.drift, empty.is_drifting) == (None, None, None, False)
    assert plan(hours(100), reference=None).foreseen is None
    assert plan(hours(100, 100, 100), fte=None).drift is None


def test_the_fixed_and_the_modulated_part_are_two_products():
    told = Agreed("ACI", 2026, fte=Decimal(10), first_month=1, last_month=6, post_amount=Decimal(23921), modulated_share=Decimal("0.05"))  # fmt: skip
    assert told.fixed_amount == Decimal("119605.00")
    assert told.modulated_amount == Decimal("5980.25")
    assert Agreed("ACI", 2026, fte=Decimal(10)).modulated_amount is None


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({}, []),
        ({"structure_kind": "GEIQ"}, ["convention_elsewhere"]),
        ({"year": 2027}, []),
        ({"year": 2028}, ["convention_year"]),
        ({"first_month": 7, "last_month": 6}, ["convention_months"]),
        ({"annexe": "ACI023201111A0M0"}, []),
        ({"annexe": "EI023201111A0M0"}, ["convention_annexe"]),
        ({"structure_kind": "EITI", "annexe": "EITI23201111A0M0"}, []),
        ({"modulated_share": Decimal("0.10")}, []),
        ({"modulated_share": Decimal("0.1001")}, ["convention_modulation"]),
    ],
)
def test_what_is_wrong_with_an_annexe(said, found):
    assert codes(**said) == found
