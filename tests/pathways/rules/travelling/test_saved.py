"""Days off saved: a count that can be, owed by somebody, and the last one of each kind."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from pathways.enums.travelling import SavedFate, SavedKind
from pathways.rules.dated.rows import BUILT_IN
from pathways.rules.travelling.facts import SavedNoted, Spell, balances, still_open
from pathways.rules.travelling.saved import MANY_LEAVE_DAYS, SavedFacts, contract_of, is_old, saved_findings

TODAY, DAY = date(2026, 11, 16), timedelta(days=1)
HIRED = Spell(7, date(2026, 1, 5), date(2026, 12, 31))


def saved(
    counted_on=date(2026, 10, 31), days="6", kind=SavedKind.LEAVE, fate=SavedFate.TO_PAY, place=7, id=1
):
    return SavedNoted(id, kind, counted_on, Decimal(days), fate, place)


def codes(this, spells=(HIRED,), **said):
    return [each.code for each in saved_findings(SavedFacts(this, TODAY, spells, **said))]


@pytest.mark.parametrize(("day", "expected"), [(TODAY, []), (TODAY + DAY, ["saved_to_come"])])
def test_days_are_counted_once_earned(day, expected):
    assert codes(saved(counted_on=day)) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [(HIRED.start - DAY, ["saved_without_contract"]), (HIRED.start, []), (TODAY, [])],
)
def test_somebody_owes_them(day, expected):
    assert codes(saved(counted_on=day)) == expected


def test_a_contract_elsewhere_owes_nothing_here():
    assert codes(saved(place=8)) == ["saved_without_contract"]
    assert codes(saved(place=None)) == []


def test_days_are_of_the_last_contract_begun():
    later = Spell(7, date(2026, 6, 1), None)
    assert contract_of(saved(counted_on=date(2026, 5, 31)), (HIRED, later)) == HIRED
    assert contract_of(saved(counted_on=date(2026, 6, 1)), (HIRED, later)) == later


@pytest.mark.parametrize(
    ("days", "kind", "expected"),
    [
        (MANY_LEAVE_DAYS, SavedKind.LEAVE, []),
        (MANY_LEAVE_DAYS + 1, SavedKind.LEAVE, ["saved_many"]),
        (MANY_LEAVE_DAYS + 1, SavedKind.ACCOUNT, []),
    ],
)
def test_two_years_of_leave_ask_for_a_second_look(days, kind, expected):
    assert codes(saved(days=str(days), kind=kind)) == expected


def test_one_count_of_a_kind_a_day_with_one_employer():
    others = ((date(2026, 10, 31), SavedKind.LEAVE, 7),)
    assert codes(saved(), others=others) == ["saved_same_day"]
    assert codes(saved(kind=SavedKind.ACCOUNT), others=others) == []


def test_a_newer_count_takes_the_place_of_those_before_it():
    old, new = saved(date(2026, 9, 30), id=2), saved(id=1)
    other = saved(kind=SavedKind.ACCOUNT, id=3)
    elsewhere = saved(date(2026, 1, 31), place=8, id=4)
    assert {each.id for each in balances([old, new, other, elsewhere])} == {1, 3, 4}


def test_what_is_settled_is_no_longer_open_even_when_an_older_count_was():
    assert still_open([saved(date(2026, 9, 30), id=2), saved(fate=SavedFate.PAID)]) == []


@pytest.mark.parametrize(("days", "expected"), [(180, False), (181, True)])
def test_an_old_count_is_to_be_made_again(days, expected):
    assert is_old(saved(TODAY - days * DAY), TODAY, book=BUILT_IN) is expected
