"""What a derogation allows, and until when: the day before, the day, the day after."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.values.dates import french_date, months_after
from backend.organisations.enums import StructureKind
from pathways.enums import Decider, DerogationMotive, RequestStatus
from pathways.rules.contracts.durations import passes
from pathways.rules.contracts.facts import ContractFacts, Spell
from pathways.rules.contracts.findings import contract_findings
from pathways.rules.dated.rows import BUILT_IN, CDDI_ARTICLES
from pathways.rules.derogations import (
    LENGTHENS,
    SCOPES,
    Derogation,
    all_days_covered,
    answer_findings,
    coverage,
    derogation_findings,
)
from pathways.rules.passes.length import pass_findings

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
FROM = date(2026, 12, 1)
YEAR = date(2027, 11, 30)
DIFFICULT = DerogationMotive.DIFFICULTIES


def found(new, *, kind="ACI", contracts=(), born_on=None):
    said = derogation_findings(
        new, structure_kind=kind, contracts=contracts, today=TODAY, book=BUILT_IN, born_on=born_on
    )
    return [each.code for each in said]


def decided(motive=DIFFICULT, *, by=Decider.PRESCRIBER, start=FROM, end=YEAR, **more):
    return Derogation(motive, start, end, by, **more)


@pytest.mark.parametrize("kind", CDDI_ARTICLES)
def test_r03_difficulties_are_no_motive_in_an_ei(kind):
    assert found(decided(), kind=kind) == (["derogation_motive_elsewhere"] if kind == "EI" else [])


@pytest.mark.parametrize(("end", "codes"), [(YEAR, []), (YEAR + DAY, ["derogation_too_long"])])
def test_r04_a_decision_for_difficulties_lasts_twelve_months_at_most(end, codes):
    assert found(decided(end=end)) == codes
    assert found(decided(DerogationMotive.RQTH, end=end)) == []


@pytest.mark.parametrize(
    ("begun", "codes"), [(date(2022, 12, 1), []), (date(2022, 11, 30), ["derogation_total"])]
)
def test_r04_sixty_months_in_all(begun, codes):
    assert found(decided(), contracts=[(begun, FROM - DAY)]) == codes
    assert found(decided(DerogationMotive.SENIOR), contracts=[(begun, FROM - DAY)]) == []


@pytest.mark.parametrize(
    ("end", "codes"),
    [
        (YEAR - DAY, []),
        (YEAR, []),
        (YEAR + DAY, ["derogation_past_training"]),
        (None, ["derogation_past_training"]),
    ],
)
def test_r05_a_training_lets_a_contract_run_until_it_ends(end, codes):
    assert found(decided(DerogationMotive.TRAINING, end=end, training_end=YEAR)) == codes


def test_r05_the_end_of_the_training_is_told():
    assert found(decided(DerogationMotive.TRAINING)) == ["derogation_training_end"]


@pytest.mark.parametrize(
    ("motive", "kind", "by", "is_right"),
    [
        (DIFFICULT, "ACI", Decider.EMPLOYER, True),
        (DIFFICULT, "AI", Decider.EMPLOYER, False),
        (DIFFICULT, "AI", Decider.PRESCRIBER, True),
        (DIFFICULT, "ACI", Decider.PREFET, False),
        (DerogationMotive.FEW_HOURS, "ACI", Decider.PREFET, True),
        (DerogationMotive.FEW_HOURS, "ACI", Decider.PRESCRIBER, False),
        (DerogationMotive.NEW_PASS, "ETTI", Decider.PRESCRIBER, True),
        (DerogationMotive.NEW_PASS, "ETTI", Decider.EMPLOYER, False),
    ],
)
def test_each_decision_belongs_to_who_the_law_says(motive, kind, by, is_right):
    assert found(decided(motive, by=by), kind=kind) == ([] if is_right else ["derogation_decider"])


@pytest.mark.parametrize("motive", DerogationMotive)
def test_every_motive_has_its_structures_and_its_deciders(motive):
    scope = SCOPES[motive]
    assert all(scope.deciders_in(kind) for kind in scope.kinds)
    for kind in set(StructureKind) - scope.kinds:
        assert found(decided(motive, training_end=YEAR), kind=kind) == ["derogation_motive_elsewhere"]


@pytest.mark.parametrize(
    ("born_on", "codes"), [(date(1976, 12, 1), []), (date(1976, 12, 2), ["derogation_age"])]
)
def test_fifty_years_are_reached_the_day_it_begins(born_on, codes):
    assert found(decided(DerogationMotive.SENIOR), born_on=born_on) == codes


def test_a_decision_has_an_end_but_for_what_the_law_itself_allows():
    assert found(decided(end=None)) == ["derogation_needs_an_end"]
    assert found(decided(DerogationMotive.SHORT, by=Decider.EMPLOYER, end=None)) == []
    assert found(decided(end=FROM - DAY)) == ["derogation_backwards"]


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ({"status": RequestStatus.ASKED}, []),
        ({"asked_on": TODAY + DAY, "status": RequestStatus.ASKED}, ["asked_to_come"]),
        ({}, ["answer_without_a_day"]),
        ({"decided_on": TODAY}, []),
        ({"decided_on": TODAY + DAY}, ["answer_on_another_day"]),
        ({"decided_on": date(2026, 9, 30)}, ["answer_on_another_day"]),
        ({"decided_on": date(2026, 10, 1)}, []),
        ({"decided_on": TODAY, "status": RequestStatus.REFUSED}, ["refusal_without_reason"]),
        ({"decided_on": TODAY, "status": RequestStatus.REFUSED, "reason": "IAE"}, []),
    ],
)
def test_an_answer_has_its_day_and_a_refusal_its_reason(said, codes):
    words = {"status": RequestStatus.GRANTED, "asked_on": date(2026, 10, 1), "decided_on": None, "reason": ""}
    assert [each.code for each in answer_findings(**words | said, today=TODAY)] == codes


# What the rules of contracts read in them


START = date(2025, 1, 1)


def renewed(end, *derogations, kind="ACI", hours=26):
    """A CDDI signed after two years less a month, judged by the rules."""
    facts = ContractFacts(
        structure_kind=kind,
        kind="CDDI",
        started_on=date(2026, 12, 1),
        planned_end_on=end,
        today=TODAY,
        weekly_hours=Decimal(hours),
        chain=(Spell(START, date(2026, 11, 30)),),
        renewed_kind="CDDI",
        derogations=derogations,
    )
    return contract_findings(facts, book=BUILT_IN)


def renewal(end, *derogations, **told):
    return [each.code for each in renewed(end, *derogations, **told)]


BEYOND = date(2027, 1, 1)
"""The first day past 24 months."""


@pytest.mark.parametrize("motive", sorted(LENGTHENS))
def test_r02_a_decision_lets_a_contract_run_past_24_months(motive):
    assert renewal(date(2026, 12, 31)) == []
    assert renewal(BEYOND) == ["cddi_ceiling"]
    assert renewal(date(2027, 6, 30), decided(motive, start=BEYOND, end=date(2027, 6, 30))) == []
    assert renewal(date(2027, 7, 1), decided(motive, start=BEYOND, end=date(2027, 6, 30))) == ["cddi_ceiling"]
    assert renewal(date(2027, 6, 30), decided(motive, start=BEYOND + DAY, end=YEAR)) == ["cddi_ceiling"]


def test_r02_two_decisions_that_follow_each_other_cover_together():
    first, second = decided(start=BEYOND, end=date(2027, 3, 31)), decided(start=date(2027, 4, 1), end=YEAR)
    assert renewal(YEAR, second, first) == []
    assert renewal(YEAR, first, decided(start=date(2027, 4, 2), end=YEAR)) == ["cddi_ceiling"]


def test_r02_the_refusal_names_the_first_day_that_no_decision_covers():
    half = decided(start=BEYOND, end=date(2027, 3, 31))
    assert coverage(BEYOND, YEAR, [half]) == ([half], date(2027, 4, 1))
    assert coverage(BEYOND, YEAR, []) == ([], BEYOND)
    assert french_date(date(2027, 4, 1)) in renewed(YEAR, half)[0].sentence
    assert french_date(BEYOND) in renewed(YEAR)[0].sentence


@pytest.mark.parametrize("status", [RequestStatus.ASKED, RequestStatus.REFUSED])
def test_r02_only_what_was_granted_allows_anything(status):
    assert renewal(YEAR, decided(start=BEYOND, status=status)) == ["cddi_ceiling"]


def test_r02_another_motive_does_not_lengthen():
    assert renewal(YEAR, decided(DerogationMotive.FEW_HOURS, start=BEYOND)) == ["cddi_ceiling"]


@pytest.mark.parametrize(
    ("end", "codes"), [(date(2029, 12, 31), []), (date(2030, 1, 1), ["cddi_derogation_ceiling"])]
)
def test_r04_a_contract_stops_at_sixty_months_whatever_was_decided(end, codes):
    assert renewal(end, decided(start=BEYOND, end=date(2031, 1, 1))) == codes


@pytest.mark.parametrize(
    ("covered", "codes"),
    [((date(2026, 12, 1), date(2026, 12, 31)), []), ((date(2026, 12, 2), YEAR), ["cddi_hours"])],
)
def test_r06_the_prefet_may_let_somebody_work_less_in_an_aci(covered, codes):
    decision = decided(DerogationMotive.FEW_HOURS, start=covered[0], end=covered[1])
    assert renewal(date(2026, 12, 31), decision, hours=12) == codes
    assert renewal(date(2026, 12, 31), hours=12) == ["cddi_hours"]


@pytest.mark.parametrize(
    ("agreed", "codes"),
    [
        ([], ["pass_waiting"]),
        ([(date(2026, 6, 1), date(2026, 6, 30))], []),
        ([(date(2026, 6, 2), date(2026, 6, 30))], ["pass_waiting"]),
    ],
)
def test_r19_a_prescripteur_agrees_to_a_new_pass_before_two_years(agreed, codes):
    start = date(2026, 6, 1)
    other = (date(2024, 1, 1), date(2025, 12, 30))
    said = pass_findings(
        starts_on=start, ends_on=start + 729 * DAY, others=[other], book=BUILT_IN, agreed=agreed
    )
    assert [each.code for each in said] == codes


@pytest.mark.parametrize(("start", "codes"), [(date(2025, 9, 1), ["pass_waiting"]), (date(2025, 9, 2), [])])
def test_r19_a_pass_that_was_closed_waits_from_the_suspension_it_was_closed_from(start, codes):
    other = (date(2022, 1, 1), date(2024, 9, 1), date(2023, 9, 1))
    said = pass_findings(starts_on=start, ends_on=start + 729 * DAY, others=[other], book=BUILT_IN)
    assert [each.code for each in said] == codes


MONTHS = st.integers(1, 40)
STARTS = st.dates(date(2015, 1, 1), date(2036, 12, 31))


@given(STARTS, MONTHS, st.integers(0, 500))
def test_r02_a_contract_is_refused_exactly_on_the_days_nobody_decided(start, months, decided_days):
    """Whatever the day of the month and the leap years: accepted until the last day decided, refused on the next."""
    first = (start, months_after(start, 23) - DAY)
    beyond = months_after(start, 24)
    decision = Derogation(DerogationMotive.SENIOR, beyond, beyond + timedelta(days=decided_days))
    for end in (beyond - DAY, beyond, decision.end, decision.end + DAY):
        facts = ContractFacts(
            structure_kind="EI", kind="CDDI", started_on=first[1] + DAY, planned_end_on=end, today=start,
            chain=(Spell(*first),), renewed_kind="CDDI", derogations=(decision,),
        )  # fmt: skip
        codes = [each.code for each in contract_findings(facts, book=BUILT_IN)]
        is_beyond = passes([first, (first[1] + DAY, end)], months=24)
        assert ("cddi_ceiling" in codes) == (is_beyond and end > decision.end), (end, codes)


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 30)), max_size=6),
    st.integers(0, 60),
    st.integers(0, 30),
)
def test_days_are_covered_together_as_a_plain_loop_says(drawn, first, long):
    rows = [
        Derogation(DIFFICULT, FROM + timedelta(days=at), FROM + timedelta(days=at + days))
        for at, days in drawn
    ]
    start, end = FROM + timedelta(days=first), FROM + timedelta(days=first + long)
    every = all(
        any(row.covers(day, day) for row in rows)
        for day in (start + timedelta(days=n) for n in range(long + 1))
    )
    assert (all_days_covered(start, end, rows) is not None) == every


def cumul(start=FROM, end=date(2027, 5, 31), *, beside="ORDINAIRE", **more):
    return decided(
        DerogationMotive.CUMUL, by=Decider.PREFET, start=start, end=end, other_employer=beside, **more
    )


def judged(new, *, since=date(2026, 8, 1), others=(), kind="ACI"):
    said = derogation_findings(
        new, structure_kind=kind, contracts=(), today=TODAY, book=BUILT_IN, pathway_since=since, others=others
    )
    return [each.code for each in said]


@pytest.mark.parametrize(
    ("since", "codes"),
    [(date(2026, 7, 31), []), (date(2026, 8, 1), []), (date(2026, 8, 2), ["cumul_too_soon"]), (None, [])],
)
def test_r07_after_four_months_of_pathway(since, codes):
    assert judged(cumul(), since=since) == codes


@pytest.mark.parametrize(
    ("end", "codes"), [(date(2027, 5, 31), []), (date(2027, 6, 1), ["derogation_too_long"])]
)
def test_r07_six_months_at_most(end, codes):
    assert judged(cumul(end=end)) == codes


@pytest.mark.parametrize(
    ("beside", "codes"),
    [
        ("ORDINAIRE", []),
        ("SIAE", ["cumul_other_employer"]),
        ("EA", ["cumul_other_employer"]),
        ("", ["cumul_other_employer"]),
    ],
)
def test_r07_beside_an_ordinary_employer_only(beside, codes):
    assert judged(cumul(beside=beside)) == codes


@pytest.mark.parametrize(("count", "codes"), [(0, []), (1, []), (2, ["cumul_renewed"])])
def test_r07_renewed_once(count, codes):
    assert judged(cumul(), others=[cumul() for _ in range(count)]) == codes
    refused = [cumul(status=RequestStatus.REFUSED) for _ in range(count)]
    assert judged(cumul(), others=refused) == [], "a refusal is no cumul"


@pytest.mark.parametrize("kind", StructureKind)
def test_r07_where_a_cddi_is_signed_and_by_the_prefet(kind):
    assert judged(cumul(), kind=kind) == ([] if kind in CDDI_ARTICLES else ["derogation_motive_elsewhere"])
    other = decided(DerogationMotive.CUMUL, end=date(2027, 5, 31), other_employer="ORDINAIRE")
    if kind in CDDI_ARTICLES:
        assert judged(other, kind=kind) == ["derogation_decider"]


@pytest.mark.parametrize("kind", CDDI_ARTICLES)
@pytest.mark.parametrize(
    ("until", "codes"), [(date(2027, 5, 30), ["cddi_hours"]), (date(2027, 5, 31), []), (None, ["cddi_hours"])]
)
def test_r07_lets_a_cddi_be_of_fewer_hours(kind, until, codes):
    decisions = (cumul(end=until),) if until else ()
    facts = ContractFacts(
        structure_kind=kind, kind="CDDI", started_on=FROM, planned_end_on=date(2027, 5, 31), today=TODAY,
        weekly_hours=Decimal(12), derogations=decisions,
    )  # fmt: skip
    assert [each.code for each in contract_findings(facts, book=BUILT_IN)] == codes
