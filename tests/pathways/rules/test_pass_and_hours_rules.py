"""PASS IAE, 480 hours, rhythm of interviews, transitions, exits."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.errors import DomainError
from backend.core.findings import raise_refusals
from pathways.enums import AppointmentStatus, ClientKind, ProgressStatus
from pathways.rules import transitions
from pathways.rules.contracts.hours import month_findings, month_hours_findings
from pathways.rules.contracts.hours_480 import HoursLine, Level480, hours_480_findings, windows
from pathways.rules.contracts.hours_480 import count_480 as counted_480
from pathways.rules.dated.book import RuleBook
from pathways.rules.dated.rows import BUILT_IN, HOURS_480_LIFTED, YES
from pathways.rules.exits.findings import exit_findings, motive_findings, thread_after
from pathways.rules.exits.motives import MOTIVES_BY_CODE, ThreadAfter
from pathways.rules.passes.count import count_days
from pathways.rules.passes.facts import PassFacts
from pathways.rules.passes.length import (
    calendar_pass_end,
    pass_findings,
    prolongation_in_words,
)
from pathways.rules.passes.length import pass_end as pass_end_by
from pathways.rules.rhythm import next_interview_due

JANUARY = date(2025, 1, 1)
TODAY = date(2026, 11, 22)
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
        # A 29 February lies inside: the platform counted by the calendar, then falls one day short of it.
        (date(2024, 1, 1), date(2025, 12, 31), date(2025, 12, 31)),
        (date(2024, 2, 27), date(2026, 2, 26), date(2026, 2, 26)),
        (date(2024, 2, 28), date(2026, 2, 26), date(2026, 2, 27)),
        (date(2024, 2, 29), date(2026, 2, 27), date(2026, 2, 27)),
        (date(2024, 3, 1), date(2026, 2, 28), date(2026, 2, 28)),
    ],
)
def test_r14_a_pass_lasts_730_days_since_2024_which_is_not_always_24_months(starts_on, platform, calendar):
    """SEC-57."""
    assert (pass_end(starts_on), calendar_pass_end(starts_on)) == (platform, calendar)


@given(st.dates(date(2015, 1, 1), date(2040, 1, 1)))
def test_the_two_counts_of_a_pass_differ_by_a_day_at_most(starts_on):
    assert 0 <= (calendar_pass_end(starts_on) - pass_end(starts_on)).days <= 1


@pytest.mark.parametrize(
    ("starts_on", "is_said", "days"),
    [(date(2024, 2, 27), False, 731), (date(2024, 2, 28), True, 730), (date(2024, 3, 1), False, 730)],
)
def test_r14_the_count_says_when_the_text_ends_on_another_day(starts_on, is_said, days):
    facts = PassFacts(start=starts_on, end=pass_end(starts_on))
    first = count_days(facts, today=starts_on, book=BUILT_IN).lines[0]
    assert ("24 mois, jusqu’au" in first.words) is is_said
    assert first.days == days


def count_480(lines, *, on):
    return counted_480(lines, on=on, book=BUILT_IN)


def pass_end(day):
    return pass_end_by(day, book=BUILT_IN)


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
def test_r08_the_counter_warns_at_400_and_is_reached_at_480(hours, level, left):
    count = count_480([company(JANUARY, hours)], on=JANUARY)
    assert (count.level, count.left) == (level, Decimal(left))


def codes_480(line, *others, before="0", book=BUILT_IN, organisation_id=None):
    found = hours_480_findings(
        line, before=Decimal(before), others=others, book=book, organisation_id=organisation_id
    )
    return [each.code for each in found]


@pytest.mark.parametrize(("hours", "codes"), [("479.75", []), ("480", []), ("480.25", ["hours_480"])])
def test_r08_480_hours_are_accepted_and_not_one_more(hours, codes):
    assert codes_480(company(JANUARY, hours)) == codes


def lent(year: int, month: int, hours: str, since: date | None = None) -> HoursLine:
    return HoursLine(date(year, month, 1), Decimal(hours), ClientKind.COMPANY, since)


EXCESS = [lent(2021, month, "125") for month in (1, 2, 3, 4)]


def test_r08_an_excess_that_was_authorised_says_nothing_of_a_later_window():
    assert codes_480(lent(2025, 1, "10"), *EXCESS) == []


@pytest.mark.parametrize(("hours", "codes"), [("110", []), ("125", []), ("125.25", ["hours_480"])])
def test_r08_a_correction_downwards_is_always_accepted_and_a_further_excess_is_not(hours, codes):
    assert codes_480(lent(2021, 4, hours), *EXCESS[:3], before="125") == codes


def test_r08_the_window_opens_on_the_first_day_of_the_contract_and_holds_the_month_of_its_last_day():
    """First lent on 28 March 2024: the 24 months run to 27 March 2026."""
    since = date(2024, 3, 28)
    done = [lent(2024, 3, "20", since), lent(2024, 4, "460", since)]
    (window,) = windows(done, book=BUILT_IN)
    assert (window.start, window.end) == (since, date(2026, 3, 27))
    assert codes_480(lent(2026, 3, "1", since), *done) == ["hours_480"]
    assert codes_480(lent(2026, 3, "100", date(2026, 3, 28)), *done) == []
    assert codes_480(lent(2026, 4, "100", since), *done) == []


def test_r08_hours_written_late_that_move_the_windows_are_judged_in_all_of_them():
    done = [lent(2024, 1, "100"), lent(2025, 10, "250"), lent(2026, 2, "250")]
    assert codes_480(done[2], *done[:2]) == []
    assert codes_480(lent(2023, 6, "10"), *done) == ["hours_480"]


@pytest.mark.parametrize(
    ("month", "organisation", "codes"),
    [(5, 7, ["hours_480"]), (6, 7, []), (8, 7, []), (9, 7, ["hours_480"]), (7, 8, ["hours_480"])],
    ids=["before the decision", "its first month", "its last month", "after it", "another association"],
)
def test_r08_the_prefect_lifts_the_limit_for_one_association_and_some_days(month, organisation, codes):
    lifted = replace(
        BUILT_IN.rule(HOURS_480_LIFTED, on=TODAY),
        value=YES,
        valid_from=date(2026, 6, 1),
        valid_to=date(2026, 8, 31),
        organisation_id=7,
    )
    book = RuleBook((*BUILT_IN.rows, lifted))
    line = lent(2026, month, "1")
    assert codes_480(line, lent(2026, 1, "480"), book=book, organisation_id=organisation) == codes


@given(st.lists(LINES, max_size=12), LINES, st.decimals(0, 200, places=2))
def test_r08_fewer_hours_are_never_refused(others, line, before):
    if line.hours <= before:
        assert codes_480(line, *others, before=str(before)) == []


@given(st.lists(LINES, max_size=12))
def test_r08_windows_never_overlap_and_count_every_hour_with_a_company_once(lines):
    found = windows(lines, book=BUILT_IN)
    assert all(one.end < other.start for one, other in itertools.pairwise(found))
    companies = sum(line.hours for line in lines if line.client_kind == ClientKind.COMPANY)
    assert sum(window.counted for window in found) == companies


def test_r09_each_kind_of_client_has_its_place():
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
def test_r08_a_window_lasts_24_months_from_the_first_company(month, counted):
    assert count_480([company(JANUARY, "400"), company(month, "50")], on=month).counted == counted


def test_r09_a_household_does_not_open_the_window():
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
        raise_refusals(
            transitions.transition_findings(transitions.PROGRESS, current="REALISE", asked="ABANDONNE")
        )
    assert refusal.value.field == "status"


@pytest.mark.parametrize("on", [date(2026, 1, 5), date(2026, 1, 6), date(2027, 2, 22)])
def test_an_exit_lies_between_the_entry_and_the_coming_months(on):
    assert list(exit_findings(started_on=date(2026, 1, 5), on=on, today=TODAY)) == []


@pytest.mark.parametrize(
    ("on", "code"), [(date(2026, 1, 4), "exit_before_entry"), (date(2027, 2, 23), "exit_too_far_ahead")]
)
def test_an_exit_before_the_entry_or_too_far_ahead_is_refused(on, code):
    (found,) = exit_findings(started_on=date(2026, 1, 5), on=on, today=TODAY)
    assert (found.code, found.is_contradiction) == (code, True)


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
    found = list(motive_findings(motive=motive, contract_months=months))
    assert [(each.code, each.field) for each in found] == (
        [] if accepted else [("motive_and_length", "contract_months")]
    )


OTHER_PASS = (date(2023, 1, 1), date(2024, 12, 30))


@pytest.mark.parametrize(
    ("start", "codes"),
    [
        (date(2024, 12, 30), ["pass_overlap"]),
        (date(2024, 12, 31), ["pass_waiting"]),
        (date(2026, 12, 30), ["pass_waiting"]),
        (date(2026, 12, 31), []),
    ],
    ids=["its last day", "the day after", "last day of the two years", "two years later"],
)
def test_r19_another_pass_waits_two_years_unless_a_prescripteur_says_so(start, codes):
    found = list(
        pass_findings(
            starts_on=start, ends_on=start + timedelta(days=729), others=[OTHER_PASS], book=BUILT_IN
        )
    )
    assert [each.code for each in found] == codes
    assert all(each.refuses for each in found)
    assert [each.is_contradiction for each in found] == [code == "pass_overlap" for code in codes]


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2024, 12, 30), "Une prolongation se demande"),
        (date(2025, 6, 30), "Une prolongation se demande"),
        (date(2025, 7, 1), "Trop tard pour une prolongation"),
        (date(2026, 12, 30), "Trop tard pour une prolongation"),
        (date(2026, 12, 31), "Un nouveau PASS peut être demandé"),
    ],
)
def test_r21_what_may_still_be_asked_depends_on_the_day(today, words):
    assert prolongation_in_words(OTHER_PASS[1], today, book=BUILT_IN).startswith(words)


MARCH = date(2026, 3, 1)
WHOLE = [(date(2026, 1, 1), date(2026, 12, 31))]


@pytest.mark.parametrize(
    ("hours", "contracts", "codes"),
    [
        ("240", WHOLE, []),
        ("240.25", WHOLE, ["more_than_a_week"]),
        ("744", WHOLE, ["more_than_a_week"]),
        ("744.25", WHOLE, ["more_than_a_day"]),
        ("24", [(date(2026, 3, 9), date(2026, 3, 9))], []),
        ("24.25", [(date(2026, 3, 9), date(2026, 3, 9))], ["more_than_a_day"]),
        ("48", [(date(2026, 3, 9), date(2026, 3, 9)), (date(2026, 3, 9), date(2026, 3, 10))], []),
        ("1", [], ["more_than_a_day"]),
    ],
)
def test_the_hours_of_a_month_fit_in_the_days_of_its_contracts(hours, contracts, codes):
    found = list(
        month_hours_findings(
            month=MARCH, hours=Decimal(hours), before=Decimal(0), contracts=contracts, book=BUILT_IN
        )
    )
    assert [each.code for each in found] == codes
    assert [each.is_contradiction for each in found] == [code == "more_than_a_day" for code in codes]


def test_fewer_hours_than_before_are_never_refused():
    asked = {"month": MARCH, "contracts": [], "book": BUILT_IN}
    assert list(month_hours_findings(hours=Decimal(900), before=Decimal(900), **asked)) == []


@pytest.mark.parametrize(
    ("month", "codes"),
    [
        (date(2026, 2, 1), ["month_outside_contract"]),
        (date(2026, 3, 1), []),
        (date(2026, 4, 1), []),
        (date(2026, 5, 1), ["month_outside_contract"]),
        (date(2026, 12, 1), ["month_outside_contract", "month_to_come"]),
    ],
)
def test_a_month_belongs_to_its_contract_and_has_begun(month, codes):
    asked = {"contract_started_on": date(2026, 3, 31), "contract_ended_on": date(2026, 4, 1)}
    assert [each.code for each in month_findings(month=month, today=TODAY, **asked)] == codes


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
