"""When to call after a hire: the dates of six months of support."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from backend.core.values.dates import last_day_after
from employers.enums import Situation
from employers.rules.post_hire import AHEAD, LABELS, contact_findings, milestones

HIRED = date(2026, 9, 1)
ALL = ["J7", "M1", "M3", "M6"]


@pytest.mark.parametrize(
    ("trial_ends_on", "ends_on", "codes"),
    [
        (None, None, ALL),
        (date(2026, 11, 1), None, ["J7", "M1", "ESSAI", "M3", "M6"]),
        # A contract of one month exactly still has its call at one month; a day less has not.
        (None, date(2026, 10, 1), ["J7", "M1", "M6"]),
        (None, date(2026, 9, 30), ["J7", "M6"]),
        # A mission of a week: the first call falls on its last day, then six months later.
        (None, date(2026, 9, 8), ["J7", "M6"]),
        (None, date(2026, 9, 7), ["M6"]),
        # A trial that would outlast the contract is not followed.
        (date(2026, 10, 15), date(2026, 10, 1), ["J7", "M1", "M6"]),
    ],
)
def test_contacts_due_after_a_hire(trial_ends_on, ends_on, codes):
    planned = milestones(started_on=HIRED, trial_ends_on=trial_ends_on, ends_on=ends_on)
    assert [each.code for each in planned] == codes


def test_contacts_come_in_order_with_their_dates():
    planned = milestones(started_on=HIRED, trial_ends_on=None, ends_on=None)
    assert [each.due_on for each in planned] == [
        date(2026, 9, 8),
        date(2026, 10, 1),
        date(2026, 12, 1),
        date(2027, 3, 1),
    ]


def test_the_last_day_of_a_longer_month_is_clipped():
    planned = {
        m.code: m.due_on for m in milestones(started_on=date(2026, 8, 31), trial_ends_on=None, ends_on=None)
    }
    assert planned["M6"] == date(2027, 2, 28)


def test_every_contact_has_words():
    planned = milestones(started_on=HIRED, trial_ends_on=date(2026, 10, 15), ends_on=None)
    assert {each.code: each.label for each in planned} == LABELS


@pytest.mark.parametrize("months", [1, 3])
def test_no_call_falls_the_day_after_a_contract_of_whole_months(months):
    """From 1 September for a month: the last day is 30 September, the call at one month would come too late."""
    planned = milestones(started_on=HIRED, trial_ends_on=None, ends_on=last_day_after(HIRED, months))
    assert f"M{months}" not in {each.code for each in planned}


FIRST_DAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("on", "today", "code"),
    [
        (date(2026, 11, 26), date(2026, 11, 26), "call_before_hire"),
        (date(2026, 11, 30), date(2026, 12, 8), "call_before_hire"),
        (FIRST_DAY, date(2026, 12, 8), None),
        (date(2026, 12, 8), date(2026, 12, 8), None),
        (date(2026, 12, 9), date(2026, 12, 8), "in_the_future"),
    ],
)
def test_a_call_is_made_neither_before_the_first_day_of_the_job_nor_after_today(on, today, code):
    found = [
        finding.code
        for finding in contact_findings(
            on=on, hired_on=FIRST_DAY, due_on=FIRST_DAY, situation=Situation.UNREACHABLE, today=today
        )
    ]
    assert found == ([code] if code else [])


@pytest.mark.parametrize("code", ["M3", "M6"])
@pytest.mark.parametrize(("days", "found"), [(-1, ["call_too_early"]), (0, []), (1, [])])
def test_a_contact_is_not_made_long_before_its_day(code, days, found):
    """The day before it may first be made, that day, the day after."""
    (due_on,) = (each.due_on for each in _planned() if each.code == code)
    on = due_on - AHEAD + timedelta(days=days)
    said = contact_findings(on=on, hired_on=HIRED, due_on=due_on, situation=Situation.IN_POST, today=on)
    assert [each.code for each in said] == found


@pytest.mark.parametrize("code", ["J7", "M1"])
def test_the_first_contacts_may_be_made_within_days_of_the_hire(code):
    (due_on,) = (each.due_on for each in _planned() if each.code == code)
    on = HIRED + timedelta(days=7)
    said = contact_findings(on=on, hired_on=HIRED, due_on=due_on, situation=Situation.IN_POST, today=on)
    assert list(said) == []


def _planned():
    return milestones(started_on=HIRED, trial_ends_on=None, ends_on=None)
