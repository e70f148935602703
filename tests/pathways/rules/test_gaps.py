"""Passages from one step to the next: their days, those to come, their cause; a pair is the sum of its gaps."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.values.dates import months_after
from pathways.enums.gaps import GapCause
from pathways.rules.dated.rows import BUILT_IN
from pathways.rules.income.gaps import RelayTold, cause_of, passages_of
from pathways.rules.timeline import EMPLOYMENT, Step, thread

TODAY = date(2026, 11, 22)


def step(start: str, end: str | None, at: int | None = 1, kind: str = "ACI") -> Step:
    place = f"Structure {at}" if at else "Boulangerie songée"
    return Step(
        kind, kind, place, date.fromisoformat(start), end and date.fromisoformat(end), organisation_id=at
    )


def passages(*steps: Step, today: date = TODAY, ended_on: date | None = None):
    line = thread(steps, today=today, book=BUILT_IN, ended_on=ended_on)
    return list(passages_of(line, ended_on=ended_on, book=BUILT_IN))


def test_days_are_strictly_between_the_two_steps():
    (passage,) = passages(step("2026-01-01", "2026-03-31"), step("2026-04-11", None, at=2))
    assert (passage.days, passage.to_come, passage.next_step.organisation_id) == (10, 0, 2)
    assert passage.hours(Decimal(26)) == Decimal(260) / 7
    assert passage.hours(None) is None


@pytest.mark.parametrize(("starts", "days"), [("2026-04-01", 0), ("2026-03-15", 0), ("2026-04-02", 1)])
def test_a_step_that_follows_or_began_before_costs_nothing(starts, days):
    (passage,) = passages(step("2026-01-01", "2026-03-31"), step(starts, None, at=2))
    assert passage.days == days


def test_a_contract_beside_another_is_no_passage():
    assert passages(step("2026-01-01", "2026-12-31"), step("2026-03-01", "2026-06-30", at=2)) == []


def test_a_short_pause_inside_one_step_is_no_passage():
    assert passages(step("2026-01-01", "2026-03-31"), step("2026-04-10", None)) == []


def test_days_to_come_are_told_apart_and_fall_when_the_next_step_is_dated_earlier():
    later, sooner = (
        passages(step("2026-01-01", "2026-11-12"), step(day, None, at=2))[0]
        for day in ("2026-12-07", "2026-12-01")
    )
    assert (later.days, later.to_come) == (10, 14)
    assert (sooner.days, sooner.to_come) == (10, 8)


@pytest.mark.parametrize("days_after_the_cut", [-1, 0, 1, 400])
def test_without_any_next_step_days_stop_when_the_pathway_may_be_closed(days_after_the_cut):
    end = date(2025, 3, 31)
    cut = months_after(end, 12)
    (passage,) = passages(step("2025-01-01", "2025-03-31"), today=cut + timedelta(days=days_after_the_cut))
    assert passage.lived_until == min(cut, cut + timedelta(days=days_after_the_cut))
    assert passage.next_step is None


def test_nothing_is_awaited_after_the_end_of_the_pathway():
    left = step("2026-01-01", "2026-03-31")
    assert passages(left, ended_on=date(2026, 3, 31)) == []
    assert len(passages(left, ended_on=date(2026, 1, 31))) == 1


NEXT = step("2026-04-11", None, at=2)
JOB = step("2026-04-11", None, at=None, kind=EMPLOYMENT)
PROPOSED = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("following", "relays", "is_broken", "cause"),
    [
        (NEXT, [], False, GapCause.NO_RELAY),
        (NEXT, [RelayTold(PROPOSED, date(2026, 4, 11), "ACCUEILLI")], False, GapCause.LATE_RELAY),
        (NEXT, [RelayTold(PROPOSED, date(2026, 4, 11), "REFUSE")], False, GapCause.NO_WELCOME),
        (NEXT, [RelayTold(date(2026, 6, 1), date(2026, 6, 11), "ACCORD")], False, GapCause.NO_RELAY),
        (NEXT, [RelayTold(PROPOSED, date(2026, 4, 11), "ACCUEILLI")], True, GapCause.BROKEN),
        (step("2026-06-11", None), [], True, GapCause.SAME_PLACE),
        (JOB, [], False, GapCause.JOB_LATER),
        (None, [], False, GapCause.NOTHING_PLANNED),
        (None, [RelayTold(PROPOSED, date(2026, 4, 1), "RETIRE")], False, GapCause.NO_WELCOME),
        (step("2026-04-01", None, at=2), [], False, None),
    ],
)
def test_the_first_reason_that_holds_is_the_one_said(following, relays, is_broken, cause):
    (passage,) = passages(step("2026-01-01", "2026-03-31"), *([following] if following else []))
    assert cause_of(passage, relays, is_broken=is_broken) == cause


DAYS = st.dates(date(2015, 1, 1), date(2026, 11, 1))
STEPS = st.lists(
    st.builds(
        lambda start, length, at: Step("ACI", "ACI", f"Structure {at}", start, start + timedelta(days=length), organisation_id=at),
        DAYS, st.integers(0, 700), st.integers(1, 3),
    ),
    max_size=8,
)  # fmt: skip


@given(steps=STEPS)
def test_their_days_are_the_gaps_of_the_line(steps):
    """Every gap of the frise that has a next step is a passage, with the same days, and no other passage has any."""
    line = thread(steps, today=TODAY, book=BUILT_IN)
    found = list(passages_of(line, ended_on=None, book=BUILT_IN))
    followed = [gap for gap in line.gaps if gap.next_step is not None]
    assert sum(each.days for each in found if each.next_step) == sum(
        gap.days_lived(TODAY) for gap in followed
    )
    waiting = [each for each in found if each.next_step is None]
    for gap in line.gaps:
        if gap.next_step is None:
            assert [each.days for each in waiting] == [gap.days_lived(TODAY)]


@given(steps=STEPS, first=DAYS, length=st.integers(0, 400))
def test_days_cut_by_month_or_year_add_up(steps, first, length):
    for passage in passages(*steps):
        last, middle = first + timedelta(days=length), first + timedelta(days=length // 2)
        whole = passage.days_within(first, last)
        assert whole == passage.days_within(first, middle) + passage.days_within(
            middle + timedelta(days=1), last
        )
        assert passage.days == passage.days_within(date.min, date.max)
