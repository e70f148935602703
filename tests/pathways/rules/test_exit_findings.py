"""What an exit may not say: the day before, the day and the day after of each bound."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pathways.rules.exits.findings import (
    EXIT_AHEAD_DAYS,
    contracts_findings,
    day_findings,
    end_findings,
    exit_findings,
    motive_findings,
    thread_after,
)
from pathways.rules.exits.motives import (
    LONG_FIXED_TERM,
    MOTIVES_BY_CODE,
    OPEN_ENDED,
    SHORT_FIXED_TERM,
    ThreadAfter,
)

TODAY = date(2026, 11, 22)
ONE = timedelta(days=1)


def codes(findings) -> list[str]:
    """Which were found; each is about the day, and nothing is written over it."""
    found = list(findings)
    assert all(each.field == "on" and each.is_contradiction for each in found)
    return [each.code for each in found]


def test_one_leaves_the_first_day_at_the_earliest():
    entry = date(2026, 3, 2)
    assert codes(exit_findings(started_on=entry, on=entry - ONE, today=TODAY)) == ["exit_before_entry"]
    assert codes(exit_findings(started_on=entry, on=entry, today=TODAY)) == []


def test_a_departure_is_known_so_many_days_ahead():
    last = TODAY + EXIT_AHEAD_DAYS * ONE
    assert EXIT_AHEAD_DAYS == 92
    assert codes(exit_findings(started_on=TODAY, on=last, today=TODAY)) == []
    assert codes(exit_findings(started_on=TODAY, on=last + ONE, today=TODAY)) == ["exit_too_far_ahead"]


def test_a_day_nobody_can_mean_is_found():
    assert list(day_findings(on=date(1900, 1, 1), today=TODAY))
    assert list(day_findings(on=TODAY, today=TODAY)) == []
    assert list(day_findings(on=TODAY + 400 * ONE, today=TODAY)) == [], "how far ahead is said elsewhere"


@pytest.mark.parametrize(
    ("known_end", "on", "found"),
    [
        (None, TODAY, []),
        (TODAY - 9 * ONE, TODAY - 9 * ONE, []),
        (TODAY - 9 * ONE, TODAY - 8 * ONE, ["stay_already_over"]),
        (TODAY - ONE, TODAY, ["stay_already_over"]),
        (TODAY, TODAY + ONE, []),
        (TODAY + ONE, TODAY + 2 * ONE, []),
        (TODAY - 9 * ONE, TODAY - 10 * ONE, []),
    ],
)
def test_a_last_day_already_passed_does_not_move_on(known_end, on, found):
    assert codes(end_findings(known_end=known_end, on=on, today=TODAY)) == found


@pytest.mark.parametrize(
    ("contract", "words"),
    [
        ((TODAY - ONE, TODAY), None),
        ((TODAY, None), None),
        ((TODAY - 9 * ONE, TODAY - ONE), None),
        ((TODAY + ONE, None), "qui commence"),
        ((TODAY + ONE, TODAY + 9 * ONE), "qui commence"),
        ((TODAY, TODAY + ONE), "noté terminé"),
        ((TODAY - 9 * ONE, TODAY + ONE), "noté terminé"),
    ],
)
def test_a_contract_does_not_outlive_the_exit(contract, words):
    found = list(contracts_findings(on=TODAY, contracts=[(TODAY - 90 * ONE, TODAY - 60 * ONE), contract]))
    assert codes(found) == (["contract_after_exit"] if words else [])
    assert all(words in each.message for each in found)


@pytest.mark.parametrize(
    ("motive", "months", "code"),
    [
        (LONG_FIXED_TERM, None, None),
        (LONG_FIXED_TERM, 0, "contract_without_length"),
        (OPEN_ENDED, 0, "contract_without_length"),
        (OPEN_ENDED, 1, None),
        (LONG_FIXED_TERM, 1, "motive_and_length"),
        (LONG_FIXED_TERM, 5, "motive_and_length"),
        (LONG_FIXED_TERM, 6, None),
        (LONG_FIXED_TERM, 7, None),
        (SHORT_FIXED_TERM, 1, None),
        (SHORT_FIXED_TERM, 5, None),
        (SHORT_FIXED_TERM, 6, "motive_and_length"),
    ],
)
def test_six_months_are_a_long_contract(motive, months, code):
    found = list(motive_findings(motive=motive, contract_months=months))
    assert [each.code for each in found] == ([code] if code else [])
    assert all(each.field == "contract_months" and each.is_contradiction for each in found)
    other = MOTIVES_BY_CODE[SHORT_FIXED_TERM if motive == LONG_FIXED_TERM else LONG_FIXED_TERM].label
    assert code != "motive_and_length" or other in found[0].way_out


def test_an_exit_without_motive_goes_on():
    assert thread_after("") == ThreadAfter.GOES_ON
    assert {thread_after(code) for code in MOTIVES_BY_CODE} == {
        each.thread for each in MOTIVES_BY_CODE.values()
    }
    assert len({thread_after(code) for code in MOTIVES_BY_CODE}) > 1
