"""CDDI and missions: the day before, the day, the day after."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.dates import months_after
from backend.core.errors import DomainError
from backend.organisations.enums import StructureKind
from pathways.enums import ContractKind
from pathways.rules.cddi import CDDI_BASIS, check_cddi
from pathways.rules.contract_kinds import check_may_sign, contracts_of, may_sign
from pathways.rules.durations import Length, length_of, merge, total_length
from pathways.rules.missions import check_mission

START = date(2026, 1, 15)
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
PERIODS = st.tuples(DAYS, st.integers(0, 900)).map(lambda made: (made[0], made[0] + timedelta(days=made[1])))


def code_of(**asked):
    """The code of the refusal, empty when the contract is accepted."""
    usual = {"structure_kind": "ACI", "started_on": START, "weekly_hours": Decimal(26)}
    try:
        check_cddi(**usual | asked)
    except DomainError as refusal:
        return refusal.code
    return ""


@pytest.mark.parametrize(
    ("start", "end", "length"),
    [
        ((2026, 1, 15), (2026, 1, 15), Length(0, 1)),
        ((2026, 1, 15), (2026, 2, 13), Length(0, 30)),
        ((2026, 1, 15), (2026, 2, 14), Length(1, 0)),
        ((2026, 1, 15), (2026, 2, 15), Length(1, 1)),
        ((2026, 1, 31), (2026, 2, 27), Length(1, 0)),
        ((2024, 1, 1), (2025, 12, 31), Length(24, 0)),
        ((2024, 2, 29), (2025, 2, 27), Length(12, 0)),
    ],
)
def test_a_length_counts_date_to_date(start, end, length):
    assert length_of(date(*start), date(*end)) == length


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (Length(24), "24 mois"),
        (Length(24, 1), "24 mois et 1 jour"),
        (Length(3, 29), "3 mois et 29 jours"),
        (Length(0, 12), "12 jours"),
    ],
)
def test_a_length_is_said_in_words(length, words):
    assert length.in_words == words


@given(PERIODS)
def test_a_length_leads_back_to_its_last_day(period):
    start, end = period
    length = length_of(start, end)
    assert months_after(start, length.months) + timedelta(days=length.days - 1) == end


@given(st.lists(PERIODS, max_size=8), st.randoms())
def test_merging_keeps_every_day_once_whatever_the_order(periods, random):
    shuffled = random.sample(periods, len(periods))
    days = {start + timedelta(days=n) for start, end in periods for n in range((end - start).days + 1)}
    runs = merge(shuffled)

    assert runs == merge(periods)
    assert sum((end - start).days + 1 for start, end in runs) == len(days)
    assert all(after[0] - before[1] > timedelta(days=1) for before, after in itertools.pairwise(runs))


@pytest.mark.parametrize(
    ("end", "code"),
    [((2026, 5, 13), "cddi_minimum"), ((2026, 5, 14), ""), ((2026, 5, 15), "")],
    ids=["the day before four months", "four months", "the day after"],
)
def test_four_months_at_least(end, code):
    assert code_of(planned_end_on=date(*end)) == code


@pytest.mark.parametrize(
    ("end", "code"),
    [((2028, 1, 13), ""), ((2028, 1, 14), ""), ((2028, 1, 15), "cddi_ceiling")],
    ids=["the day before twenty-four months", "twenty-four months", "the day after"],
)
def test_twenty_four_months_at_most(end, code):
    assert code_of(planned_end_on=date(*end)) == code


def test_a_renewal_is_not_bound_by_the_four_months_of_its_contract():
    asked = {"chain_started_on": date(2025, 7, 15), "others": [(date(2025, 7, 15), date(2026, 1, 14))]}
    assert code_of(planned_end_on=date(2026, 2, 14), **asked) == ""


@pytest.mark.parametrize(("end", "code"), [((2026, 7, 14), ""), ((2026, 7, 15), "cddi_ceiling")])
def test_separate_contracts_in_one_structure_add_up(end, code):
    others = [(date(2023, 1, 1), date(2023, 12, 31)), (date(2025, 1, 1), date(2025, 6, 30))]
    assert code_of(planned_end_on=date(*end), others=others) == code


def test_days_left_over_make_a_month_by_thirty():
    others = [(date(2023, 1, 1), date(2023, 1, 15)), (date(2024, 1, 1), date(2024, 1, 15))]
    assert total_length(others) == Length(1, 0)


def test_a_day_under_two_contracts_counts_once():
    assert total_length([(START, date(2026, 7, 14)), (date(2026, 6, 15), date(2026, 8, 14))]) == Length(7, 0)


@pytest.mark.parametrize(
    ("hours", "code"),
    [("19.75", "cddi_hours"), ("20", ""), ("20.25", ""), ("35", ""), ("35.25", "cddi_hours"), (None, "")],
)
def test_twenty_hours_a_week_at_least_and_the_legal_duration_at_most(hours, code):
    weekly = None if hours is None else Decimal(hours)
    assert code_of(planned_end_on=date(2026, 12, 31), weekly_hours=weekly) == code


def test_a_cddi_has_an_end():
    assert code_of(planned_end_on=None) == "cddi_needs_an_end"


@pytest.mark.parametrize("kind", CDDI_BASIS)
def test_each_structure_is_refused_by_its_own_article(kind):
    with pytest.raises(DomainError) as refusal:
        check_cddi(
            structure_kind=kind,
            started_on=START,
            planned_end_on=date(2029, 1, 1),
            weekly_hours=None,
        )
    assert refusal.value.basis == CDDI_BASIS[kind]
    assert "dérogation est une décision à part" in refusal.value.message


@given(st.lists(PERIODS, max_size=4), PERIODS)
def test_one_more_contract_never_makes_room(others, asked):
    """A contract refused beside some contracts stays refused beside more of them."""
    end = asked[1] + timedelta(days=130)
    usual = {"started_on": asked[0], "planned_end_on": end}
    if code_of(**usual, others=others[:-1]):
        assert code_of(**usual, others=others)


@pytest.mark.parametrize(
    ("end", "accepted"), [((2028, 1, 13), True), ((2028, 1, 14), True), ((2028, 1, 15), False)]
)
def test_a_mission_lasts_twenty_four_months_renewals_included(end, accepted):
    chain = [(START, date(2027, 1, 14))]
    asked = {"started_on": date(2027, 1, 15), "planned_end_on": date(*end), "chain": chain}
    if accepted:
        check_mission(**asked)
    else:
        with pytest.raises(DomainError) as refusal:
            check_mission(**asked)
        assert refusal.value.basis == "Code du travail, art. L5132-6"


def test_a_mission_without_known_end_is_not_judged():
    assert check_mission(started_on=START, planned_end_on=None) is None


@pytest.mark.parametrize(
    ("structure", "contract", "signs"),
    [
        ("ACI", "CDDI", True),
        ("EI", "CDDI", True),
        ("AI", "CDDI", True),
        ("ETTI", "CDDI", False),
        ("ASP-SAP", "CDDI", False),
        ("ETTI", "CTT", True),
        ("AI", "CTT", False),
        ("AI", "CDDU", True),
        ("ASP-SAP", "CDDU", True),
        ("ACI", "CDDU", False),
        ("ETTI", "CDI-I", True),
        ("GEIQ", "CDI-I", False),
        ("EITI", "EITI", True),
        ("ACI", "PASSERELLE", True),
        ("AI", "PASSERELLE", False),
        ("ASP-SAP", "CDI", True),
    ],
)
def test_each_contract_exists_in_some_structures_only(structure, contract, signs):
    assert may_sign(structure, contract) is signs


def test_a_contract_of_another_structure_is_refused_with_the_possible_ones():
    with pytest.raises(DomainError, match="CDD d’usage"):
        check_may_sign("AI", "CTT")


@pytest.mark.parametrize("structure", StructureKind)
def test_every_structure_may_sign_an_ordinary_contract(structure):
    assert {ContractKind.CDI, ContractKind.CDD} <= set(contracts_of(structure))
