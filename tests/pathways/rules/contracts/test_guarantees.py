"""Hours guaranteed over a whole contract: until which day, and how many."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pathways.rules.contracts.facts import ContractFacts
from pathways.rules.contracts.guarantees import guarantee_findings, weekly_of
from pathways.rules.dated.rows import BUILT_IN

START, END = date(2026, 1, 5), date(2026, 2, 1)
"""Four weeks."""


def codes(hours: str | None, **told) -> list[str]:
    known = {
        "structure_kind": "AI", "kind": "CDDU", "started_on": START, "planned_end_on": END, "today": START,
        "guaranteed_hours": None if hours is None else Decimal(hours),
    }  # fmt: skip
    return [each.code for each in guarantee_findings(ContractFacts(**(known | told)), book=BUILT_IN)]


def test_a_contract_that_guarantees_nothing_is_not_judged():
    assert codes(None, planned_end_on=None) == []


@pytest.mark.parametrize(("hours", "found"), [("192", []), ("192.25", ["guarantee_too_large"])])
def test_no_week_of_a_guarantee_goes_past_the_longest_one(hours, found):
    assert codes(hours) == found


def test_hours_are_guaranteed_until_a_day():
    assert codes("60", planned_end_on=None) == ["guarantee_without_end"]
    assert codes("60", planned_end_on=None, ended_on=END) == []


def test_a_volume_makes_hours_a_week():
    assert weekly_of(Decimal(80), START, END) == 20
    assert weekly_of(Decimal(6), START, START) == 6
