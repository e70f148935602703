"""The line of a person: steps merged, gaps counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.values.dates import days_after, months_after
from pathways.rules.dated.book import RuleBook
from pathways.rules.dated.rows import BUILT_IN, CLOSING_MONTHS, SUSPENSION_LEAST
from pathways.rules.timeline import EMPLOYMENT, Mark, Span, Step, short_pause_days
from pathways.rules.timeline import thread as thread_by_the_book

TODAY = date(2026, 11, 22)
thread = partial(thread_by_the_book, book=BUILT_IN)
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def step(start: str, end: str | None, *, at: int = 1, label: str = "CDD d’insertion") -> Step:
    return Step(
        kind="ACI",
        kind_label="Atelier et chantier d’insertion",
        structure=f"Structure {at}",
        start=date.fromisoformat(start),
        end=date.fromisoformat(end) if end else None,
        label=label,
        organisation_id=at,
    )


STEPS = st.builds(
    lambda start, days, at, label: step(
        start.isoformat(),
        None if days is None else (start + timedelta(days=days)).isoformat(),
        at=at,
        label=label,
    ),
    DAYS,
    st.none() | st.integers(0, 300),
    st.integers(1, 3),
    st.sampled_from(["CDD d’insertion", "CDD d’usage"]),
)


def gaps_of(*steps: Step, **said) -> list[tuple[str, str, int]]:
    return [
        (gap.start.isoformat(), gap.end.isoformat(), gap.days)
        for gap in thread(steps, today=TODAY, **said).gaps
    ]


@pytest.mark.parametrize(
    ("second", "days"),
    [("2026-03-31", None), ("2026-04-01", None), ("2026-04-02", 1), ("2026-04-10", 9)],
    ids=["overlapping", "the very next day", "one day between", "nine days between"],
)
def test_a_gap_is_the_days_strictly_between_two_steps(second, days):
    gaps = gaps_of(step("2026-01-01", "2026-03-31"), step(second, None, at=2))
    assert [gap[2] for gap in gaps] == ([] if days is None else [days])


def test_a_short_step_inside_a_longer_one_hides_no_day():
    steps = (
        step("2026-01-01", "2026-06-30"),
        step("2026-02-01", "2026-02-28", at=2),
        step("2026-07-03", None, at=3),
    )
    assert gaps_of(*steps) == [("2026-07-01", "2026-07-02", 2)]


@pytest.mark.parametrize(
    ("second", "gaps"),
    [("2026-04-15", []), ("2026-04-16", []), ("2026-04-17", [("2026-04-01", "2026-04-16", 16)])],
    ids=["fourteen days", "fifteen days", "sixteen days"],
)
def test_a_short_pause_inside_one_structure_is_not_a_gap_of_the_pathway(second, gaps):
    drawn = thread([step("2026-01-01", "2026-03-31"), step(second, None)], today=TODAY)
    assert [(gap.start.isoformat(), gap.end.isoformat(), gap.days) for gap in drawn.gaps] == gaps
    assert len(drawn.steps) == (2 if gaps else 1)


def test_the_days_of_short_pauses_are_counted_apart_and_in_all():
    """One day of work every sixteen days, in one association: one step drawn, every day without contract counted."""
    starts = [date(2026, 1, 1) + timedelta(days=16 * rank) for rank in range(20)]
    days = [step(day.isoformat(), day.isoformat(), label="CDD d’usage") for day in starts]
    drawn = thread(days, today=starts[-1])
    assert (len(drawn.steps), drawn.pause_days, drawn.gap_days) == (1, 19 * 15, 19 * 15)


@given(st.lists(STEPS, min_size=1, max_size=8))
def test_every_day_without_a_step_is_counted_once(steps):
    """From the first step to the last one begun, whatever is merged in the drawing."""
    today = max(s.start for s in steps)
    drawn, start = thread(steps, today=today), min(s.start for s in steps)
    days = [start + timedelta(days=offset) for offset in range((today - start).days + 1)]
    assert drawn.gap_days == sum(not any(s.covers(day) for s in steps) for day in days)


def test_a_step_without_known_end_leaves_no_gap_after_it():
    assert gaps_of(step("2026-01-01", None), step("2026-12-01", None, at=2)) == []


@pytest.mark.parametrize(
    ("end", "days"),
    [("2026-11-21", 1), ("2026-11-22", None), ("2026-11-23", None)],
    ids=["ended yesterday", "ends today", "ends tomorrow"],
)
def test_a_gap_in_progress_grows_until_today(end, days):
    drawn = thread([step("2026-01-01", end)], today=TODAY)
    assert (drawn.gap_in_progress.days if drawn.gap_in_progress else None) == days
    assert drawn.is_between_two is (days is not None)


def test_a_planned_step_bounds_the_gap_in_progress():
    drawn = thread([step("2026-01-01", "2026-11-20"), step("2026-12-01", None, at=2)], today=TODAY)
    gap = drawn.gap_in_progress
    assert (gap.days, gap.days_lived(TODAY), gap.next_step) == (10, 2, drawn.next_step)
    assert drawn.next_step.is_planned


def test_a_step_planned_for_tomorrow_leaves_only_the_days_already_lost():
    drawn = thread([step("2026-01-01", "2026-11-20"), step("2026-11-23", None, at=2)], today=TODAY)
    assert (drawn.gap_in_progress.days, drawn.gap_days) == (2, 2)


def test_a_gap_to_come_is_drawn_and_not_counted_as_lost():
    drawn = thread([step("2026-01-01", "2026-11-30"), step("2026-12-10", None, at=2)], today=TODAY)
    assert [gap.days for gap in drawn.gaps] == [9]
    assert (drawn.gap_days, drawn.is_between_two) == (0, False)


def test_no_gap_begins_where_the_pathway_ended():
    assert gaps_of(step("2026-01-01", "2026-06-30"), ended_on=date(2026, 6, 30)) == []


def test_a_gap_begins_again_after_a_job_that_ended():
    job = Step(EMPLOYMENT, "Emploi", "Brioches du Val", date(2026, 7, 1), date(2026, 9, 30))
    gaps = gaps_of(step("2026-01-01", "2026-06-30"), job, ended_on=date(2026, 6, 30))
    assert [gap[0] for gap in gaps] == ["2026-10-01"]


@pytest.mark.parametrize(("end", "waits"), [("2025-11-22", True), ("2025-11-21", False)])
def test_r18_after_twelve_months_nobody_is_between_two_steps(end, waits):
    assert thread([step("2025-01-01", end)], today=TODAY).is_between_two is waits


def test_renewals_become_one_step():
    drawn = thread(
        [step("2026-01-01", "2026-06-30"), step("2026-07-01", "2026-12-31"), step("2027-02-01", None)],
        today=TODAY,
    )
    assert [(s.start.month, s.end and s.end.month) for s in drawn.steps] == [(1, 12), (2, None)]


@pytest.mark.parametrize("other", [{"at": 2}, {"label": "CDI inclusion"}])
def test_another_structure_or_another_contract_is_another_step(other):
    drawn = thread([step("2026-01-01", "2026-06-30"), step("2026-07-01", None, **other)], today=TODAY)
    assert len(drawn.steps) == 2


def test_the_current_step_is_the_newest_that_runs_today():
    drawn = thread([step("2026-01-01", None), step("2026-06-01", "2026-12-31", at=2)], today=TODAY)
    assert drawn.current_step.organisation_id == 2


def test_the_table_says_what_the_picture_shows():
    drawn = thread(
        [step("2026-01-01", "2026-06-30"), step("2026-12-01", None, at=2)],
        today=TODAY,
        spans=[Span("PASS IAE", "PASS IAE", date(2026, 1, 1), date(2027, 12, 31))],
        marks=[Mark("Suivi", "Bilan intermédiaire", date(2026, 3, 2))],
    )
    assert [(row.nature, row.days, row.is_planned) for row in drawn.rows] == [
        ("PASS IAE", 730, False),
        ("Étape", 181, False),
        ("Suivi", None, False),
        ("Entre deux", 153, False),
        ("Étape", None, True),
    ]
    assert drawn.rows[3].label == "Avant Structure 2"


def test_nobody_yet_is_an_empty_line():
    drawn = thread([], today=TODAY)
    assert (drawn.steps, drawn.gaps, drawn.rows, drawn.gap_days, drawn.current_step) == ((), (), [], 0, None)


@given(st.lists(STEPS, max_size=8), st.randoms())
def test_the_order_of_the_steps_does_not_matter(steps, random):
    shuffled = thread(random.sample(steps, len(steps)), today=TODAY)
    assert shuffled.gap_days == thread(steps, today=TODAY).gap_days
    assert [(gap.start, gap.end) for gap in shuffled.gaps] == [
        (gap.start, gap.end) for gap in thread(steps, today=TODAY).gaps
    ]


@given(st.lists(STEPS, min_size=1, max_size=8))
def test_every_day_between_the_first_and_the_last_is_either_on_a_step_or_lost(steps):
    drawn = thread(steps, today=TODAY)
    start = min(s.start for s in steps)
    # Far beyond a known last day nobody is « between two »: only days bounded by steps are checked.
    last = max(s.start for s in steps)
    for offset in range((last - start).days + 1):
        day = start + timedelta(days=offset)
        worked = any(s.covers(day) for s in steps)
        on_a_step = any(s.covers(day) for s in drawn.steps)
        assert on_a_step is not any(gap.start <= day <= gap.end for gap in drawn.gaps)
        assert on_a_step or not worked
        assert worked or not on_a_step or is_in_a_short_pause(day, steps)


def is_in_a_short_pause(day, steps):
    """Whether two contracts of one structure stand around the day, at most a short pause apart."""
    return any(
        before.end < day < after.start
        and (before.organisation_id, before.label) == (after.organisation_id, after.label)
        and (after.start - before.end).days - 1 <= short_pause_days(BUILT_IN, after.start)
        for before in steps
        for after in steps
        if before.end is not None
    )


@pytest.mark.parametrize("least", [5, 16, 40])
def test_the_line_pauses_as_long_as_the_book_of_that_day_says(least):
    book = said_otherwise(SUSPENSION_LEAST, least)
    ends = date(2026, 1, 31)
    for days, is_one in ((least - 1, True), (least, False)):
        after = (ends + timedelta(days=days + 1)).isoformat()
        drawn = thread_by_the_book(
            [step("2026-01-01", ends.isoformat()), step(after, None)], today=TODAY, book=book
        )
        assert (len(drawn.steps) == 1) is is_one, days


@pytest.mark.parametrize("months", [6, 12, 18])
def test_r18_nobody_is_between_two_after_the_months_the_book_says(months):
    book = said_otherwise(CLOSING_MONTHS, months)
    for ends, waits in (
        (months_after(TODAY, -months), True),
        (days_after(months_after(TODAY, -months), -1), False),
    ):
        drawn = thread_by_the_book([step("2024-01-01", ends.isoformat())], today=TODAY, book=book)
        assert drawn.is_between_two is waits, ends


def said_otherwise(name, value):
    """The book of the product, one figure of which is another."""
    return RuleBook(
        tuple(replace(rule, value=value) if rule.name == name else rule for rule in BUILT_IN.rows)
    )
