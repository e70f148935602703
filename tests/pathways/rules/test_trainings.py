"""A training: days that can be, hours a day holds, an end told whole, remarks, both sides of each boundary."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.findings import raise_refusals
from pathways.rules.trainings import (
    Course,
    Length,
    TrainingFacts,
    known_end_findings,
    training_findings,
)

TODAY = date(2026, 11, 23)
FIRST, LAST = date(2026, 11, 2), date(2026, 11, 13)  # twelve days


def found(start=FIRST, end=LAST, *, planned_end=None, **said):
    facts = TrainingFacts(this=Course(-1, start, end), planned_end=planned_end or end, today=TODAY, **said)
    return training_findings(facts)


def codes(*args, **said):
    return [each.code for each in found(*args, **said)]


def test_one_day_is_a_training_and_the_day_before_is_not():
    assert codes(end=FIRST) == []
    assert codes(end=FIRST - timedelta(days=1)) == ["training_days"]
    assert codes(end=FIRST - timedelta(days=1), planned_end=LAST) == ["training_days"]


@pytest.mark.parametrize(("start", "said"), [(date(2027, 11, 23), []), (date(2027, 11, 24), ["day_too_far"])])
def test_a_training_is_known_a_year_ahead(start, said):
    assert codes(start, start) == said


@pytest.mark.parametrize(
    ("days", "hours", "said"),
    [
        (12, None, []),
        (13, None, ["training_day_count"]),
        (None, 120, []),
        (None, "120.5", ["training_long_days"]),
        (None, 288, ["training_long_days"]),
        (None, "288.5", ["training_hours"]),
        (2, 20, []),
        (2, "20.5", ["training_long_days"]),
        (2, "48.5", ["training_hours"]),
        (0, 0, []),
        (0, "0.5", ["training_hours"]),
    ],
)
@pytest.mark.parametrize("which", ["planned", "done"])
def test_days_and_hours_hold_in_the_training(which, days, hours, said):
    length = Length(days, None if hours is None else Decimal(hours))
    assert codes(**{which: length}) == said
    for each in found(**{which: length}):
        assert each.field.startswith(which)


@pytest.mark.parametrize(
    ("end", "said"), [(TODAY, []), (TODAY + timedelta(days=1), ["training_end_to_come"])]
)
def test_an_end_is_told_from_the_last_day_on(end, said):
    assert codes(end=end, outcome="SUIVIE") == said
    assert codes(end=end, planned_end=date(2026, 12, 18), is_ended=True) == said
    assert codes(end=end) == []


@pytest.mark.parametrize(
    ("outcome", "reason", "said"),
    [
        ("ABANDONNEE", "", ["training_stop_missing"]),
        ("ABANDONNEE", "EMPLOI", []),
        ("SUIVIE", "EMPLOI", ["training_stop_elsewhere"]),
        ("", "EMPLOI", ["training_stop_elsewhere"]),
        ("SUIVIE", "", []),
    ],
)
def test_a_training_that_stopped_says_why_and_no_other(outcome, reason, said):
    assert codes(outcome=outcome, stop_reason=reason) == said


@pytest.mark.parametrize(
    ("outcome", "day", "said"),
    [
        ("CERTIFIEE", None, ["training_certificate_missing"]),
        ("CERTIFIEE", FIRST, []),
        ("CERTIFIEE", FIRST - timedelta(days=1), ["training_certificate_day"]),
        ("CERTIFIEE", TODAY, []),
        ("CERTIFIEE", TODAY + timedelta(days=1), ["training_certificate_day"]),
        ("NON_CERTIFIEE", TODAY, ["training_certificate_day"]),
    ],
)
def test_a_certificate_has_its_day(outcome, day, said):
    assert codes(outcome=outcome, certified_on=day) == said


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ((LAST + timedelta(days=1), date(2026, 12, 1)), []),
        ((LAST, date(2026, 12, 1)), ["training_same_days"]),
        ((date(2026, 10, 1), FIRST), ["training_same_days"]),
        ((date(2026, 10, 1), FIRST - timedelta(days=1)), []),
    ],
)
def test_two_trainings_on_the_same_days_are_a_remark(other, said):
    assert codes(others=(Course(2, *other),)) == said
    raise_refusals(found(others=(Course(2, *other),)))


@pytest.mark.parametrize(
    ("time", "stays", "said"),
    [
        ("TRAVAIL", (), ["training_without_a_stay"]),
        ("EN_PARTIE", (), ["training_without_a_stay"]),
        ("HORS_TRAVAIL", (), []),
        ("", (), []),
        ("TRAVAIL", ((FIRST, None),), []),
        ("TRAVAIL", ((date(2026, 1, 5), FIRST),), []),
        ("TRAVAIL", ((date(2026, 1, 5), FIRST - timedelta(days=1)),), ["training_without_a_stay"]),
    ],
)
def test_working_time_asks_for_a_stay_as_a_remark(time, stays, said):
    assert codes(time=time, stays=stays) == said
    raise_refusals(found(time=time, stays=stays))


@pytest.mark.parametrize(
    ("known", "told", "said"),
    [
        ((), LAST, ["derogation_training_unknown"]),
        (((FIRST, LAST),), LAST, []),
        (((FIRST, LAST),), None, []),
        (((FIRST, LAST),), LAST + timedelta(days=1), ["derogation_training_other_end"]),
        (((FIRST, LAST), (FIRST, date(2027, 1, 8))), date(2027, 1, 8), []),
        (((FIRST, date(2026, 11, 9)),), LAST, ["derogation_training_unknown"]),
        (((date(2026, 11, 11), LAST),), LAST, ["derogation_training_unknown"]),
    ],
)
def test_r05_a_derogation_is_held_beside_the_trainings_known(known, told, said):
    remarks = list(known_end_findings(training_end=told, start=date(2026, 11, 10), known=known))
    assert [each.code for each in remarks] == said
    raise_refusals(remarks)


@given(
    start=st.dates(date(2015, 1, 1), date(2026, 11, 1)),
    length=st.integers(0, 1_000),
    days=st.none() | st.integers(0, 1_200),
)
def test_days_are_refused_exactly_beyond_those_of_the_calendar(start, length, days):
    end = start + timedelta(days=length)
    said = codes(start, end, planned=Length(days))
    assert ("training_day_count" in said) is (days is not None and days > length + 1)
