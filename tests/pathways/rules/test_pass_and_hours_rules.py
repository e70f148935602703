"""PASS IAE, 480 hours, rhythm of interviews, transitions, exits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.errors import DomainError
from pathways.enums import AppointmentStatus, ClientKind, ProgressStatus
from pathways.rules import transitions
from pathways.rules.exit_motives import MOTIVES_BY_CODE, ThreadAfter
from pathways.rules.exits import check_can_exit, check_motive_matches_length, thread_after
from pathways.rules.hours_480 import HoursLine, Level480, check_480, count_480
from pathways.rules.iae_pass import calendar_pass_end, days_left, is_valid_on, pass_end
from pathways.rules.rhythm import next_interview_due

JANUARY = date(2025, 1, 1)
MONTHS = st.sampled_from([date(year, month, 1) for year in range(2022, 2028) for month in range(1, 13)])
LINES = st.builds(
    HoursLine,
    MONTHS,
    st.decimals(0, 200, places=2),
    st.sampled_from([*ClientKind.values, ""]),
)


@pytest.mark.parametrize(
    ("starts_on", "platform", "calendar"),
    [
        (date(2025, 3, 1), date(2027, 2, 28), date(2027, 2, 28)),
        # 29 February 2024 lies inside: the platform falls one day short of the calendar.
        (date(2024, 1, 1), date(2025, 12, 30), date(2025, 12, 31)),
    ],
)
def test_a_pass_lasts_730_days_which_is_not_always_24_months(starts_on, platform, calendar):
    assert (pass_end(starts_on), calendar_pass_end(starts_on)) == (platform, calendar)


@given(st.dates(date(2015, 1, 1), date(2040, 1, 1)))
def test_the_two_counts_of_a_pass_differ_by_a_day_at_most(starts_on):
    assert 0 <= (calendar_pass_end(starts_on) - pass_end(starts_on)).days <= 1


@pytest.mark.parametrize(("today", "left", "valid"), [(29, 1, True), (30, 0, True), (31, -1, False)])
def test_a_pass_runs_until_its_last_day(today, left, valid):
    starts_on, ends_on = date(2024, 1, 1), date(2025, 12, 30)
    day = date(2025, 12, today)
    assert days_left(ends_on, day) == left
    assert is_valid_on(day, starts_on=starts_on, ends_on=ends_on) is valid


def company(month: date, hours: str) -> HoursLine:
    return HoursLine(month, Decimal(hours), ClientKind.COMPANY)


@pytest.mark.parametrize(
    ("hours", "level", "left"),
    [
        ("399.75", Level480.CALM, "80.25"),
        ("400", Level480.NEAR, "80"),
        ("479.75", Level480.NEAR, "0.25"),
        ("480", Level480.REACHED, "0"),
        ("500", Level480.REACHED, "0"),
    ],
)
def test_the_counter_warns_at_400_and_is_reached_at_480(hours, level, left):
    count = count_480([company(JANUARY, hours)], on=JANUARY)
    assert (count.level, count.left) == (level, Decimal(left))


@pytest.mark.parametrize(("hours", "accepted"), [("479.75", True), ("480", True), ("480.25", False)])
def test_480_hours_are_accepted_and_not_one_more(hours, accepted):
    if accepted:
        check_480([company(JANUARY, hours)])
    else:
        with pytest.raises(DomainError) as refusal:
            check_480([company(JANUARY, hours)])
        assert "L5132-9" in refusal.value.basis


def test_each_kind_of_client_has_its_place():
    lines = [
        company(JANUARY, "10"),
        HoursLine(JANUARY, Decimal(20), ClientKind.HOUSEHOLD),
        HoursLine(JANUARY, Decimal(30), ClientKind.NON_PROFIT),
        HoursLine(JANUARY, Decimal(40), ClientKind.PUBLIC),
        HoursLine(JANUARY, Decimal(5), ""),
    ]
    count = count_480(lines, on=JANUARY)
    assert (count.counted, count.excluded, count.to_confirm, count.unsorted) == (10, 50, 40, 5)


@pytest.mark.parametrize(
    ("month", "counted"),
    [(date(2026, 12, 1), 450), (date(2027, 1, 1), 50)],
    ids=["last month of the window", "first month after"],
)
def test_a_window_lasts_24_months_from_the_first_company(month, counted):
    assert count_480([company(JANUARY, "400"), company(month, "50")], on=month).counted == counted


def test_a_household_does_not_open_the_window():
    lines = [HoursLine(JANUARY, Decimal(20), ClientKind.HOUSEHOLD), company(date(2025, 6, 1), "10")]
    count = count_480(lines, on=date(2025, 7, 1))
    assert (count.window_start, count.window_end) == (date(2025, 6, 1), date(2027, 5, 31))


def test_hours_to_come_are_not_counted_yet():
    assert count_480([company(date(2025, 3, 1), "10")], on=date(2025, 2, 28)).counted == 0


@given(st.lists(LINES, max_size=20), st.randoms(), MONTHS)
def test_the_counter_ignores_the_order_and_everything_but_companies(lines, random, on):
    companies = [line for line in lines if line.client_kind == ClientKind.COMPANY]
    shuffled = count_480(random.sample(lines, len(lines)), on=on)
    assert shuffled == count_480(lines, on=on)
    assert shuffled.counted == count_480(companies, on=on).counted
    assert 0 <= shuffled.left <= 480


@pytest.mark.parametrize(
    ("last_on", "due_on"),
    [
        (None, date(2026, 3, 6)),
        (date(2025, 12, 1), date(2026, 3, 6)),
        (date(2026, 2, 1), date(2026, 4, 2)),
    ],
    ids=["never", "before this stay", "during it"],
)
def test_the_next_interview_is_due_from_the_last_one_or_the_entry(last_on, due_on):
    assert next_interview_due(last_on=last_on, started_on=date(2026, 1, 5), every_days=60) == due_on


@pytest.mark.parametrize(
    ("table", "statuses"),
    [(transitions.PROGRESS, ProgressStatus), (transitions.APPOINTMENTS, AppointmentStatus)],
)
def test_every_status_has_its_line_in_the_table(table, statuses):
    assert set(table) == set(statuses)
    assert all(targets <= set(statuses) for targets in table.values())
    assert all(status not in table[status] for status in statuses)


def test_every_status_of_a_goal_is_reached_from_its_start():
    reached, ahead = set(), {ProgressStatus.TO_DO}
    while ahead:
        status = ahead.pop()
        reached.add(status)
        ahead |= transitions.PROGRESS[status] - reached
    assert reached == set(ProgressStatus)


def test_an_unknown_transition_is_refused():
    with pytest.raises(DomainError) as refusal:
        transitions.check_transition(transitions.PROGRESS, current="REALISE", asked="ABANDONNE")
    assert refusal.value.field == "status"


TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("on", [date(2026, 1, 5), date(2026, 1, 6), date(2027, 2, 22)])
def test_an_exit_lies_between_the_entry_and_the_coming_months(on):
    assert check_can_exit(started_on=date(2026, 1, 5), on=on, today=TODAY) is None


@pytest.mark.parametrize(
    ("on", "code"), [(date(2026, 1, 4), "exit_before_entry"), (date(2027, 2, 23), "exit_too_far_ahead")]
)
def test_an_exit_before_the_entry_or_too_far_ahead_is_refused(on, code):
    with pytest.raises(DomainError) as refusal:
        check_can_exit(started_on=date(2026, 1, 5), on=on, today=TODAY)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("motive", "months", "accepted"),
    [
        ("9", 5, False),
        ("9", 6, True),
        ("9", 7, True),
        ("10", 5, True),
        ("10", 6, False),
        ("10", None, True),
        ("3", 2, True),
        ("", 2, True),
    ],
)
def test_motive_and_length_agree_at_six_months(motive, months, accepted):
    if accepted:
        check_motive_matches_length(motive=motive, contract_months=months)
    else:
        with pytest.raises(DomainError) as refusal:
            check_motive_matches_length(motive=motive, contract_months=months)
        assert refusal.value.field == "contract_months"


THREADS = {
    ThreadAfter.GOES_ON: {"", "2", "6", "7", "8", "18", "19", "21", "22"},
    ThreadAfter.ELSEWHERE: {"1", "3", "4", "5", "9", "10", "11", "12", "13", "14", "20", "96"},
    ThreadAfter.ENDED: {"15", "16", "17"},
}


@pytest.mark.parametrize(
    ("after", "motive"), [(after, code) for after, codes in THREADS.items() for code in sorted(codes)]
)
def test_each_motive_says_what_becomes_of_the_thread(after, motive):
    """A dismissal, a broken trial period or a decision leaves the person between two steps; a leave ends the wait."""
    assert thread_after(motive) is after


def test_no_motive_is_without_a_thread():
    assert {"", *MOTIVES_BY_CODE} == set().union(*THREADS.values())
