"""A CDI inclusion: who may sign it and when, the day before, the day, the day after."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.values.dates import months_after
from backend.organisations.enums import SIAE_KINDS
from pathways.rules.contracts.facts import ContractFacts, Posts, Spell, pathway_start
from pathways.rules.contracts.findings import contract_findings
from pathways.rules.dated.rows import BUILT_IN

START = date(2026, 1, 15)
DAY = timedelta(days=1)
BORN = date(1968, 1, 15)
CDDI = Spell(date(2025, 1, 15), START - DAY, Decimal(26), START - DAY, "CDDI")


def asked(**said) -> ContractFacts:
    usual = {
        "structure_kind": "ACI", "kind": "CDI-I", "started_on": START, "today": START, "weekly_hours": Decimal(26),
        "born_on": BORN, "pass_starts_on": date(2025, 1, 15), "pass_ends_on": date(2027, 1, 14), "beside": (CDDI,),
    }  # fmt: skip
    return ContractFacts(**usual | said)


def codes(**said) -> list[str]:
    return [each.code for each in contract_findings(asked(**said), book=BUILT_IN)]


def test_r13_it_is_signed_when_everything_is_there():
    assert codes() == []


@pytest.mark.parametrize(
    ("born", "found"),
    [
        (date(1969, 1, 14), []),
        (date(1969, 1, 15), []),
        (date(1969, 1, 16), ["cdi_inclusion_age"]),
        (date(1972, 2, 29), ["cdi_inclusion_age"]),
        (None, ["cdi_inclusion_age_unknown"]),
    ],
)
def test_r13_from_fifty_seven_years_on(born, found):
    assert codes(born_on=born) == found


def test_r13_an_age_nobody_knows_refuses_nothing():
    (found,) = contract_findings(asked(born_on=None), book=BUILT_IN)
    assert not found.refuses


@pytest.mark.parametrize(("since", "found"), [(-1, []), (0, []), (1, ["cdi_inclusion_pathway"])])
def test_r13_after_twelve_months_of_pathway(since, found):
    day = date(2025, 1, 15) + since * DAY
    assert codes(pass_starts_on=day) == found
    spell = Spell(day, START - DAY, None, None, "CDDI")
    assert codes(pass_starts_on=None, pass_ends_on=None, beside=(spell,)) == found


def test_r13_on_the_first_day_of_all_it_is_too_soon():
    assert codes(pass_starts_on=None, pass_ends_on=None, beside=()) == ["cdi_inclusion_pathway"]


@pytest.mark.parametrize(("end", "found"), [(0, []), (1, []), (2, ["cdi_inclusion_gap"])])
def test_r13_without_a_day_since_the_last_contract(end, found):
    assert codes(beside=(Spell(date(2025, 1, 15), START - end * DAY, None, None, "CDDI"),)) == found


def test_r13_another_contract_still_running_leaves_no_gap():
    beside = (CDDI, Spell(date(2025, 6, 1), None, None, None, "CDI"))
    assert codes(beside=beside) == []


@pytest.mark.parametrize("kind", sorted(SIAE_KINDS - {"EITI"}))
@pytest.mark.parametrize(("hours", "is_few"), [("23.75", True), ("24", False)])
def test_r13_twenty_four_hours_a_week_but_in_ai_and_etti(kind, hours, is_few):
    expected = ["cdi_inclusion_hours"] if is_few and kind in {"ACI", "EI"} else []
    assert codes(structure_kind=kind, weekly_hours=Decimal(hours)) == expected


@pytest.mark.parametrize(
    ("held", "is_lifted", "found"),
    [
        ("1", False, []),
        ("1.01", False, ["cdi_inclusion_share"]),
        ("2", True, []),
        ("2.01", True, ["cdi_inclusion_share"]),
    ],
)
def test_r13_a_fifth_of_the_posts_three_tenths_when_lifted(held, is_lifted, found):
    posts = Posts(Decimal(held), Decimal(10), is_lifted)
    facts = asked(posts=posts, weekly_hours=Decimal(35))
    said = contract_findings(facts, book=BUILT_IN)
    assert [each.code for each in said] == found
    assert not any(each.refuses for each in said), "said, never refused"


def test_r13_nothing_is_asked_where_it_may_not_be_signed():
    assert codes(structure_kind="GEIQ", born_on=date(2000, 1, 1)) == ["contract_kind"]


@pytest.mark.parametrize(
    ("end", "is_held", "found"),
    [
        (date(2028, 1, 14), False, []),
        (date(2028, 1, 15), False, ["mission_ceiling"]),
        (date(2028, 1, 15), True, []),
        (date(2029, 1, 14), True, []),
        (date(2029, 1, 15), True, ["mission_ceiling"]),
    ],
)
def test_r12_a_mission_lasts_thirty_six_months_under_a_cdi_inclusion(end, is_held, found):
    beside = (Spell(START, None, None, None, "CDI-I"),) if is_held else ()
    facts = ContractFacts(
        structure_kind="ETTI", kind="CTT", started_on=START, today=START, planned_end_on=end, beside=beside
    )
    said = contract_findings(facts, book=BUILT_IN)
    assert [each.code for each in said] == found
    assert [each.basis for each in said if is_held] == ["Code du travail, art. L5132-6-1"] * len(
        found
    ) * is_held


def test_r12_a_cdi_inclusion_already_over_lengthens_no_mission():
    ended = Spell(date(2025, 1, 1), START - DAY, None, None, "CDI-I")
    facts = ContractFacts(
        structure_kind="ETTI",
        kind="CTT",
        started_on=START,
        today=START,
        planned_end_on=date(2028, 6, 1),
        beside=(ended,),
    )
    assert [each.code for each in contract_findings(facts, book=BUILT_IN)] == ["mission_ceiling"]


DAYS = st.dates(date(2020, 12, 16), date(2040, 12, 31))
"""Since there are CDI inclusion."""


@given(start=DAYS, months=st.integers(0, 40))
def test_r13_the_pathway_is_long_enough_from_one_day_on(start, months):
    day = months_after(start, months)
    is_soon = "cdi_inclusion_pathway" in codes(
        started_on=day,
        today=day,
        pass_starts_on=start,
        pass_ends_on=None,
        born_on=date(1950, 1, 1),
        beside=(),
    )
    assert is_soon == (months < 12)


@given(pass_start=st.none() | DAYS, contracts=st.lists(DAYS, max_size=5), on=DAYS)
def test_a_pathway_never_begins_after_the_day_it_is_looked_at(pass_start, contracts, on):
    assert pathway_start(pass_start, contracts, on=on) <= on
