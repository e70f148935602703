"""Medical visits: a day that can be, the paper that goes with it, when the next is due, how long it serves elsewhere."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.enums.travelling import VisitKind, VisitPaper, VisitRhythm
from pathways.rules.dated.rows import BUILT_IN
from pathways.rules.travelling.facts import VisitNoted, latest_visit
from pathways.rules.travelling.visits import (
    VisitFacts,
    due_on,
    is_up_to_date,
    last_day,
    travels_until,
    visit_findings,
)

TODAY, DAY = date(2026, 11, 16), timedelta(days=1)
K, R, P = VisitKind, VisitRhythm, VisitPaper


def noted(kind=K.FIRST, made_on=date(2026, 2, 2), rhythm=R.ORDINARY, paper=P.FOLLOWED, **said):
    return VisitNoted(1, kind, made_on, rhythm, paper, **said)


def codes(visit, **said):
    facts = VisitFacts(this=visit, today=TODAY, **said)
    return [each.code for each in visit_findings(facts, book=BUILT_IN)]


@pytest.mark.parametrize(
    ("day", "expected"), [(TODAY - DAY, []), (TODAY, []), (TODAY + DAY, ["visit_to_come"])]
)
def test_a_visit_is_noted_once_made(day, expected):
    assert codes(noted(made_on=day)) == expected


@pytest.mark.parametrize(("rhythm", "last"), [(R.ORDINARY, date(2031, 2, 2)), (R.ADAPTED, date(2029, 2, 2))])
def test_the_next_visit_is_due_within_five_years_or_three(rhythm, last):
    """R4624-16 and R4624-17, counted date to date."""
    assert last_day(noted(rhythm=rhythm), book=BUILT_IN) == last
    assert codes(noted(rhythm=rhythm, due_on=last)) == []
    assert codes(noted(rhythm=rhythm, due_on=last + DAY)) == ["visit_due_too_far"]


def test_a_reinforced_follow_up_is_seen_again_within_two_years():
    """R4624-28: between two exams, a visit two years after the first at the latest."""
    exam = noted(K.APTITUDE, rhythm=R.REINFORCED, paper=P.APT)
    between = noted(K.BETWEEN, rhythm=R.REINFORCED)
    assert last_day(exam, book=BUILT_IN) == last_day(between, book=BUILT_IN) == date(2028, 2, 2)


def test_a_return_to_work_moves_no_date():
    assert due_on(noted(K.RETURN), book=BUILT_IN) is None
    assert due_on(noted(K.RETURN, due_on=date(2027, 1, 4)), book=BUILT_IN) == date(2027, 1, 4)


@pytest.mark.parametrize(("day", "expected"), [(-1, True), (0, True), (1, False)])
def test_one_is_up_to_date_until_the_day_the_paper_says(day, expected):
    visit = noted(due_on=date(2028, 2, 2))
    assert is_up_to_date(visit, date(2028, 2, 2) + day * DAY, book=BUILT_IN) is expected


def test_nobody_is_up_to_date_without_a_visit():
    assert not is_up_to_date(None, TODAY, book=BUILT_IN)


@pytest.mark.parametrize(("day", "expected"), [(0, ["visit_due_before"]), (1, [])])
def test_the_next_visit_comes_after_this_one(day, expected):
    assert codes(noted(due_on=date(2026, 2, 2) + day * DAY)) == expected


@pytest.mark.parametrize(
    ("kind", "rhythm", "paper", "expected"),
    [
        (K.FIRST, R.ORDINARY, P.FOLLOWED, []),
        (K.FIRST, R.ORDINARY, P.APT, ["visit_paper"]),
        (K.APTITUDE, R.REINFORCED, P.APT_ADJUSTED, []),
        (K.APTITUDE, R.REINFORCED, P.FOLLOWED, ["visit_paper"]),
        (K.BETWEEN, R.REINFORCED, P.FOLLOWED, []),
        (K.PERIODIC, R.REINFORCED, P.FOLLOWED, ["visit_rhythm"]),
        (K.APTITUDE, R.ADAPTED, P.APT, ["visit_rhythm"]),
        (K.RETURN, R.REINFORCED, P.APT, []),
        (K.RETURN, R.ORDINARY, P.FOLLOWED_ADJUSTED, []),
    ],
)
def test_each_visit_gives_its_paper(kind, rhythm, paper, expected):
    assert codes(noted(kind, rhythm=rhythm, paper=paper)) == expected


@pytest.mark.parametrize(
    ("kind", "jobs", "expected"),
    [("ETTI", 3, []), ("ETTI", 4, ["visit_jobs"]), ("AI", 4, ["visit_jobs"]), ("ACI", 4, []), ("", 4, [])],
)
def test_where_people_are_lent_a_visit_is_made_for_three_jobs_at_most(kind, jobs, expected):
    """R4625-9, R4625-12, R5132-26-8."""
    codes_of = tuple(f"K220{n}" for n in range(jobs))
    assert codes(noted(jobs=codes_of), kind=kind) == expected


def test_one_visit_of_a_kind_a_day():
    others = ((date(2026, 2, 2), K.FIRST),)
    assert codes(noted(), others=others) == ["visit_same_day"]
    assert codes(noted(K.PERIODIC), others=others) == []


@pytest.mark.parametrize(
    ("visit", "on_mission", "last"),
    [
        (noted(), False, date(2031, 2, 2)),
        (noted(rhythm=R.ADAPTED), False, date(2029, 2, 2)),
        (noted(K.APTITUDE, rhythm=R.REINFORCED, paper=P.APT), False, date(2028, 2, 2)),
        (noted(K.BETWEEN, rhythm=R.REINFORCED), False, date(2028, 2, 2)),
        (noted(), True, date(2028, 2, 2)),
    ],
)
def test_how_long_a_visit_serves_another_employer(visit, on_mission, last):
    """R4624-15 and R4624-27; R4625-11 and R4625-13 for missions."""
    assert travels_until(visit, on_mission=on_mission, on=TODAY, book=BUILT_IN) == last


@given(
    made_on=st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    rhythm=st.sampled_from((R.ORDINARY, R.ADAPTED)),
    on_mission=st.booleans(),
)
def test_a_visit_never_serves_elsewhere_longer_than_it_holds_here(made_on, rhythm, on_mission):
    visit = noted(made_on=made_on, rhythm=rhythm)
    last = due_on(visit, book=BUILT_IN)
    assert last is not None
    assert made_on < last
    assert travels_until(visit, on_mission=on_mission, on=TODAY, book=BUILT_IN) <= last


@given(st.lists(st.dates(date(2020, 1, 1), date(2026, 1, 1)), max_size=6))
def test_the_latest_visit_is_the_last_made(days):
    visits = [VisitNoted(n, K.PERIODIC, day, R.ORDINARY, P.FOLLOWED) for n, day in enumerate(days)]
    latest = latest_visit(visits)
    assert (latest and latest.made_on) == max(days, default=None)
