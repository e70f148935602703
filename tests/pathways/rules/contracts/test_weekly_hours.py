"""R06, R13: hours a week, judged when a contract is signed and again from each avenant on."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pathways.enums import DerogationMotive
from pathways.rules.contracts.facts import ContractFacts, Spell
from pathways.rules.contracts.stretches import Amendment, hours_in_words, hours_on, stretches
from pathways.rules.contracts.weekly_hours import amendment_findings, overtaken_findings, weekly_findings
from pathways.rules.dated.rows import BUILT_IN
from pathways.rules.derogations import Derogation

START, END, MARCH = date(2026, 1, 5), date(2026, 12, 31), date(2026, 3, 2)
DAY = timedelta(days=1)


def cddi(*changes: tuple[date, str], **told) -> ContractFacts:
    amendments = tuple(Amendment(day, Decimal(hours)) for day, hours in changes)
    known = {
        "structure_kind": "ACI", "kind": "CDDI", "started_on": START, "planned_end_on": END,
        "weekly_hours": Decimal(26), "today": START,
    }  # fmt: skip
    return ContractFacts(amendments=amendments, **(known | told))


def codes(contract: ContractFacts, on: date = MARCH) -> set[str]:
    return {each.code for each in amendment_findings(contract, on=on, book=BUILT_IN)}


@pytest.mark.parametrize(
    ("hours", "found"),
    [("19.75", {"cddi_hours"}), ("20", set()), ("35", set()), ("35.25", {"cddi_hours"})],
)
def test_r06_an_avenant_keeps_to_the_hours_of_its_first_day(hours, found):
    assert codes(cddi((MARCH, hours))) == found
    assert {each.code for each in weekly_findings(cddi((MARCH, hours)), book=BUILT_IN)} == found


def test_r06_the_sentence_says_from_which_day_on():
    (found,) = amendment_findings(cddi((MARCH, "19")), on=MARCH, book=BUILT_IN)
    assert found.sentence.replace("\xa0", " ").startswith(
        "À partir du 2 mars 2026, un CDD d’insertion compte au moins"
    )
    assert "préfet" in found.way_out


def test_r06_a_decision_that_covers_the_days_of_the_avenant_lets_it_stand():
    decided = Derogation(motive=DerogationMotive.FEW_HOURS, start=MARCH, end=END)
    assert codes(cddi((MARCH, "15"), derogations=(decided,))) == set()
    too_late = Derogation(motive=DerogationMotive.FEW_HOURS, start=MARCH + DAY, end=END)
    assert codes(cddi((MARCH, "15"), derogations=(too_late,))) == {"cddi_hours"}


def test_r06_avenants_of_two_contracts_of_the_same_days_add_up():
    beside = Spell(START, END, Decimal(5), END, "CDDI", (Amendment(date(2026, 6, 1), Decimal(10)),))
    assert codes(cddi((MARCH, "27"), others=(beside,))) == {"cddi_hours"}
    ended = Spell(START, date(2026, 5, 31), Decimal(5), None, "CDDI")
    assert codes(cddi((MARCH, "27"), others=(ended,))) == set()


def test_what_was_wrong_before_the_avenant_is_not_said_of_it():
    assert codes(cddi((MARCH, "26"), weekly_hours=Decimal(10))) == set()


@pytest.mark.parametrize(
    ("hours", "found"), [("25.75", set()), ("26", {"amendment_changes_nothing"}), ("26.25", set())]
)
def test_an_avenant_changes_the_hours(hours, found):
    assert codes(cddi((MARCH, hours))) == found
    june = date(2026, 6, 1)
    assert codes(cddi((MARCH, "30"), (june, hours)), on=june) == set(), "back to what it was is a change"
    assert codes(cddi((MARCH, hours), (june, hours)), on=june) == {"amendment_changes_nothing"}
    assert codes(cddi((MARCH, hours), weekly_hours=None)) == set()


@pytest.mark.parametrize(
    ("hours", "structure", "found"),
    [("23.75", "EI", {"cdi_inclusion_hours"}), ("24", "EI", set()), ("12", "AI", set())],
)
def test_r13_an_avenant_to_a_cdi_inclusion(hours, structure, found):
    contract = cddi((MARCH, hours), kind="CDI-I", structure_kind=structure, planned_end_on=None)
    assert codes(contract) == found


@pytest.mark.parametrize(
    ("day", "is_inside"), [(START, False), (START + DAY, True), (END, True), (END + DAY, False)]
)
def test_an_avenant_begins_inside_its_contract(day, is_inside):
    assert (codes(cddi((day, "28")), on=day) == set()) is is_inside


def test_a_first_day_never_passes_that_of_an_avenant():
    assert [each.code for each in overtaken_findings(cddi((START, "28")))] == ["contract_after_its_amendment"]
    assert not list(overtaken_findings(cddi((START + DAY, "28"))))


@given(
    length=some.integers(0, 800),
    changes=some.lists(some.tuples(some.integers(-30, 900), some.integers(0, 48)), max_size=6),
    is_open=some.booleans(),
)
def test_stretches_cover_each_day_once_and_tell_its_hours(length, changes, is_open):
    end = None if is_open else START + length * DAY
    amendments = [Amendment(START + after * DAY, Decimal(hours)) for after, hours in dict(changes).items()]
    parts = stretches(START, end, Decimal(26), amendments)
    assert (parts[0].start, parts[-1].end) == (START, end)
    assert all(before.end == after.start - DAY for before, after in itertools.pairwise(parts))
    for after in range(0, min(length, 900) + 1, 13):
        day = START + after * DAY
        known = [each for each in amendments if each.starts_on <= day]
        expected = max(known).weekly_hours if known else Decimal(26)
        assert [part.hours for part in parts if part.covers(day)] == [expected]
        assert hours_on(day, parts) == expected


def test_hours_are_said_in_words():
    parts = stretches(START, END, Decimal("24.5"), [Amendment(MARCH, Decimal(30))])
    assert hours_in_words(parts).replace("\xa0", " ") == "24,5 h par semaine, puis 30 h dès le 2 mars 2026"
    unknown = stretches(START, END, None, [Amendment(MARCH, Decimal(30))])
    assert hours_in_words(unknown).replace("\xa0", " ") == "30 h dès le 2 mars 2026, par semaine"
    assert hours_in_words(stretches(START, END, None)) == ""
