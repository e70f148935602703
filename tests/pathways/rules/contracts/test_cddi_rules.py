"""CDDI and missions: the day before, the day, the day after."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.values.dates import months_after
from backend.organisations.enums import SIAE_KINDS, StructureKind
from pathways.enums import ContractKind
from pathways.rules.contracts.durations import Length, length_of, longest_days, merge, passes, total_length
from pathways.rules.contracts.facts import ContractFacts, Spell
from pathways.rules.contracts.findings import contract_findings
from pathways.rules.contracts.signers import contracts_of, may_sign
from pathways.rules.dated.book import RuleBook
from pathways.rules.dated.rows import BUILT_IN, CDDI_ARTICLES, CDDI_CEILING
from pathways.rules.kinds import HOURS_RULE, TRAITS

START = date(2026, 1, 15)
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
PERIODS = st.tuples(DAYS, st.integers(0, 900)).map(lambda made: (made[0], made[0] + timedelta(days=made[1])))


def facts(**asked) -> ContractFacts:
    """A CDDI of a work site, signed long ago for a reader of today."""
    usual = {
        "structure_kind": "ACI",
        "kind": "CDDI",
        "started_on": START,
        "weekly_hours": Decimal(26),
        "today": START,
    }
    for name in ("chain", "others"):
        asked[name] = tuple(each if isinstance(each, Spell) else Spell(*each) for each in asked.get(name, ()))
    return ContractFacts(**usual | asked)


def codes_of(**asked) -> list[str]:
    return [found.code for found in contract_findings(facts(**asked), book=BUILT_IN)]


def code_of(**asked) -> str:
    """The code of the first finding, empty when the contract is accepted."""
    return next(iter(codes_of(**asked)), "")


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
def test_r01_four_months_at_least(end, code):
    assert code_of(planned_end_on=date(*end)) == code


@pytest.mark.parametrize(
    ("end", "code"),
    [((2028, 1, 13), ""), ((2028, 1, 14), ""), ((2028, 1, 15), "cddi_ceiling")],
    ids=["the day before twenty-four months", "twenty-four months", "the day after"],
)
def test_r02_twenty_four_months_at_most(end, code):
    assert code_of(planned_end_on=date(*end)) == code


def test_a_renewal_is_not_bound_by_the_four_months_of_its_contract():
    asked = {"chain": [(date(2025, 7, 15), date(2026, 1, 14))]}
    assert code_of(planned_end_on=date(2026, 2, 14), **asked) == ""


@pytest.mark.parametrize(("end", "code"), [((2026, 7, 18), ""), ((2026, 7, 19), "cddi_ceiling")])
def test_r02_separate_contracts_in_one_structure_add_up_to_what_24_months_may_hold(end, code):
    """546 days before this one, and at most 731 in 24 months: the longest reading of what no text says."""
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
def test_r06_twenty_hours_a_week_at_least_and_the_legal_duration_at_most(hours, code):
    weekly = None if hours is None else Decimal(hours)
    assert code_of(planned_end_on=date(2026, 12, 31), weekly_hours=weekly) == code


def test_a_cddi_has_an_end():
    assert code_of(planned_end_on=None) == "cddi_needs_an_end"


@pytest.mark.parametrize("kind", CDDI_ARTICLES)
def test_each_structure_is_refused_by_its_own_article(kind):
    asked = facts(structure_kind=kind, planned_end_on=date(2029, 1, 1), weekly_hours=None)
    (found,) = contract_findings(asked, book=BUILT_IN)
    assert found.basis == f"Code du travail, art. {CDDI_ARTICLES[kind]}"
    assert "enregistrez la dérogation décidée par" in found.message


@pytest.mark.parametrize(
    ("start", "code"), [((2026, 6, 15), ""), ((2026, 6, 16), ""), ((2026, 6, 17), "renewal_with_a_hole")]
)
def test_r01_a_renewal_follows_its_contract_without_a_day_between(start, code):
    chain = [(START, date(2026, 6, 15))]
    assert code_of(started_on=date(*start), planned_end_on=date(2026, 7, 15), chain=chain) == code


def test_r01_a_broken_contract_is_not_renewed_after_a_hole():
    """Ten days, five months without, three days: two contracts, the second too short."""
    chain = [(date(2026, 1, 1), date(2026, 1, 10))]
    asked = {"started_on": date(2026, 6, 1), "planned_end_on": date(2026, 6, 3)}
    assert code_of(**asked, chain=chain) == "renewal_with_a_hole"
    assert code_of(**asked, others=chain) == "cddi_minimum"


@pytest.mark.parametrize(("hours", "code"), [("15", "contract_same_days"), ("15.25", "cddi_hours")])
def test_r06_hours_of_the_same_days_add_up(hours, code):
    others = [
        Spell(date(2026, 3, 1), date(2026, 8, 31), Decimal(hours)),
        Spell(date(2025, 1, 1), START, None),
    ]
    assert code_of(planned_end_on=date(2026, 6, 14), weekly_hours=Decimal(20), others=others) == code


def test_r06_hours_of_other_days_do_not():
    others = [Spell(date(2026, 6, 15), date(2026, 12, 31), Decimal(35))]
    assert code_of(planned_end_on=date(2026, 6, 14), weekly_hours=Decimal(35), others=others) == ""


def test_the_same_cddi_is_not_recorded_twice():
    others = [(START, date(2026, 12, 31))]
    assert code_of(planned_end_on=date(2026, 12, 31), others=others, weekly_hours=None) == "contract_twice"


@pytest.mark.parametrize(
    ("kind", "end", "others", "is_said"),
    [
        ("CDDI", date(2026, 6, 14), [(date(2026, 6, 14), date(2026, 12, 31))], True),
        ("CDDI", date(2026, 6, 14), [(date(2026, 6, 15), date(2026, 12, 31))], False),
        ("CDDI", date(2026, 6, 14), [(date(2025, 9, 1), START)], True),
        ("CDDI", date(2026, 6, 14), [(date(2025, 9, 1), START - timedelta(days=1))], False),
        ("CDD", date(2026, 6, 14), [(START, date(2026, 6, 14))], True),
        ("CDI", None, [(date(2027, 1, 4), None)], True),
        ("CDDU", date(2026, 6, 14), [(START, date(2026, 6, 14))], False),
    ],
)
def test_days_under_two_contracts_of_one_kind_are_said_and_never_refused(kind, end, others, is_said):
    known = facts(
        structure_kind="AI" if kind == "CDDU" else "ACI", kind=kind, planned_end_on=end, others=others
    )
    found = [each for each in contract_findings(known, book=BUILT_IN) if each.code == "contract_same_days"]
    assert [each.refuses for each in found] == ([False] if is_said else [])


def test_a_renewal_shares_no_day_with_the_contracts_of_its_own_chain():
    chain = [(date(2025, 9, 1), START)]
    assert "contract_same_days" not in codes_of(planned_end_on=date(2026, 6, 14), chain=chain)


@pytest.mark.parametrize(
    ("end", "today", "found"),
    [
        (date(2026, 1, 15), START, []),
        (date(2026, 1, 14), START, [True]),
        (date(2026, 1, 14), date(2026, 1, 16), [False]),
        (None, START, []),
    ],
    ids=[
        "last day of the PASS",
        "the day after, typed in time",
        "the day after, already begun",
        "no PASS known",
    ],
)
def test_r41_a_contract_after_the_pass_is_refused_when_new_and_kept_with_a_word_when_begun(end, today, found):
    asked = facts(planned_end_on=date(2026, 12, 31), pass_ends_on=end, today=today)
    assert [each.refuses for each in contract_findings(asked, book=BUILT_IN)] == found


def test_r41_a_structure_outside_the_iae_asks_no_pass():
    asked = facts(structure_kind="GEIQ", kind="CDD", pass_ends_on=date(2020, 1, 1))
    assert contract_findings(asked, book=BUILT_IN) == []


def test_an_old_contract_is_judged_by_the_rule_of_its_day():
    longer = replace(BUILT_IN.rule(CDDI_CEILING, on=START), value=36, valid_from=START, is_built_in=False)
    book = RuleBook((*BUILT_IN.rows, longer))
    end = date(2028, 6, 1)
    assert contract_findings(facts(planned_end_on=end), book=book) == []
    before = facts(started_on=date(2026, 1, 14), planned_end_on=end)
    assert [found.code for found in contract_findings(before, book=book)] == ["cddi_ceiling"]


@given(st.lists(PERIODS, min_size=1, max_size=3), st.randoms(), st.sampled_from([12, 24, 36]))
def test_r02_taking_a_day_away_never_makes_too_long(periods, random, months):
    run = random.choice(merge(periods))
    day = run[0] + timedelta(days=random.randint(0, (run[1] - run[0]).days))
    others = [each for each in merge(periods) if each != run]
    pieces = [(run[0], day - timedelta(days=1)), (day + timedelta(days=1), run[1])]
    without = others + [piece for piece in pieces if piece[0] <= piece[1]]
    if not passes(periods, months=months) and without:
        # The month-end rule alone may read a shorter run as longer: never with separate runs.
        assert len(merge(without)) == 1 or not passes(without, months=months)


@pytest.mark.parametrize("months", [12, 24, 36, 60])
def test_the_longest_reading_holds_what_so_many_months_may_hold(months):
    starts = [date(2023, 1, 1) + timedelta(days=offset) for offset in range(1462)]
    assert longest_days(months) == max((months_after(day, months) - day).days for day in starts)


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
def test_r12_a_mission_lasts_twenty_four_months_renewals_included(end, accepted):
    asked = facts(
        structure_kind="ETTI",
        kind="CTT",
        chain=[(START, date(2027, 1, 14))],
        started_on=date(2027, 1, 15),
        planned_end_on=date(*end),
    )
    found = contract_findings(asked, book=BUILT_IN)
    assert [(each.code, each.basis) for each in found] == (
        [] if accepted else [("mission_ceiling", "Code du travail, art. L5132-6")]
    )


def test_r12_no_days_are_asked_between_two_missions():
    asked = {"structure_kind": "ETTI", "kind": "CTT", "others": [(date(2025, 1, 1), date(2026, 1, 14))]}
    assert codes_of(planned_end_on=date(2026, 6, 14), **asked) == []


def test_a_mission_without_known_end_is_not_judged():
    assert codes_of(structure_kind="ETTI", kind="CTT") == []


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
def test_r13_each_contract_exists_in_some_structures_only(structure, contract, signs):
    assert may_sign(structure, contract, on=date(2025, 6, 1), book=BUILT_IN) is signs


def test_a_contract_of_another_structure_is_refused_with_the_possible_ones():
    (found,) = contract_findings(facts(structure_kind="AI", kind="CTT"), book=BUILT_IN)
    assert (found.code, found.field) == ("contract_kind", "kind")
    assert "CDD d’usage" in found.message


@pytest.mark.parametrize(
    ("kind", "structure", "day", "code"),
    [
        ("PASSERELLE", "ACI", date(2025, 12, 31), ""),
        ("PASSERELLE", "ACI", date(2026, 1, 1), "contract_kind"),
        ("PASSERELLE", "ACI", date(2020, 12, 15), "contract_kind"),
        ("EITI", "EITI", date(2026, 12, 31), ""),
        ("EITI", "EITI", date(2027, 1, 1), "contract_kind"),
    ],
)
def test_an_experiment_is_signed_inside_its_days_only(kind, structure, day, code):
    assert code_of(kind=kind, structure_kind=structure, started_on=day) == code


@pytest.mark.parametrize("structure", StructureKind)
def test_every_structure_may_sign_an_ordinary_contract(structure):
    assert {ContractKind.CDI, ContractKind.CDD} <= set(contracts_of(structure, on=START, book=BUILT_IN))


def test_every_kind_of_structure_has_its_traits_and_the_iae_its_thresholds():
    assert set(TRAITS) == set(StructureKind), "one line of TRAITS in pathways/rules/kinds.py"
    assert set(HOURS_RULE) == SIAE_KINDS
    assert set(HOURS_RULE.values()) <= set(BUILT_IN.names)
    for kind, traits in TRAITS.items():
        assert may_sign(kind, traits.usual_contract, on=date(2025, 6, 1), book=BUILT_IN)
