"""How the days of a PASS are counted, suspended, prolonged and closed: the day before, the day, the day after."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.values.dates import months_after
from backend.organisations.enums import SIAE_KINDS
from pathways.enums import ProlongationMotive, RequestStatus, SuspensionMotive
from pathways.rules.dated.rows import BUILT_IN
from pathways.rules.passes.count import count_days, difference_findings, status_in_words
from pathways.rules.passes.facts import PassFacts, Prolongation, Suspension, run_start
from pathways.rules.passes.length import days_left, pass_end
from pathways.rules.passes.prolongations import CEILINGS, ceiling_findings, prolongation_findings, window
from pathways.rules.passes.suspensions import (
    closing_findings,
    longest_end,
    removal_findings,
    suspension_findings,
    without,
)

TODAY = date(2026, 11, 22)
START = date(2025, 3, 1)
END = date(2027, 2, 28)
BROKEN = SuspensionMotive.CONTRACT_BROKEN
IAE = PassFacts(START, END)
DAY = timedelta(days=1)
DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 31))


def suspended(new, iae=IAE, *, kind="ACI", today=TODAY):
    return [
        each.code for each in suspension_findings(new, iae, structure_kind=kind, today=today, book=BUILT_IN)
    ]


@pytest.mark.parametrize(("today", "left"), [(29, 1), (30, 0), (31, -1)])
def test_a_pass_runs_until_its_last_day(today, left):
    assert days_left(date(2025, 12, 30), date(2025, 12, today)) == left


def test_r15_a_suspension_inside_the_pass_and_in_the_past_is_right():
    assert suspended(Suspension(date(2026, 9, 1), date(2026, 11, 22), BROKEN)) == []


@pytest.mark.parametrize(
    ("start", "codes"),
    [
        (START - DAY, ["suspension_outside_pass", "suspension_told_late"]),
        (START, ["suspension_told_late"]),
        (TODAY - timedelta(days=366), ["suspension_told_late"]),
        (TODAY - timedelta(days=365), []),
        (TODAY, []),
        (TODAY + DAY, ["suspension_to_come"]),
    ],
)
def test_r15_a_suspension_begins_inside_the_pass_and_not_after_today(start, codes):
    assert suspended(Suspension(start, start + 30 * DAY, BROKEN)) == codes


@pytest.mark.parametrize(("start", "is_inside"), [(END, True), (END + DAY, False)])
def test_r15_a_suspension_may_begin_on_the_last_day_of_the_pass(start, is_inside):
    found = suspended(Suspension(start, start + 30 * DAY, BROKEN), today=END + 5 * DAY)
    assert found == ([] if is_inside else ["suspension_outside_pass"])


@pytest.mark.parametrize(
    ("start", "end", "is_apart"),
    [
        (date(2026, 7, 1), date(2026, 7, 31), True),
        (date(2026, 7, 1), date(2026, 8, 1), False),
        (date(2026, 8, 31), date(2026, 9, 30), False),
        (date(2026, 9, 1), date(2026, 9, 30), True),
    ],
)
def test_r15_two_suspensions_never_share_a_day(start, end, is_apart):
    known = IAE.moved(suspensions=[Suspension(date(2026, 8, 1), date(2026, 8, 31), BROKEN)])
    assert suspended(Suspension(start, end, BROKEN), known) == ([] if is_apart else ["suspension_overlap"])


@pytest.mark.parametrize(
    ("start", "end", "codes"),
    [
        (date(2026, 8, 31), date(2029, 8, 30), []),
        (date(2026, 8, 31), date(2029, 8, 31), ["suspension_too_long"]),
        (date(2026, 2, 28), date(2029, 2, 27), []),
    ],
)
def test_r15_a_suspension_lasts_thirty_six_months_at_most(start, end, codes):
    assert suspended(Suspension(start, end, BROKEN)) == codes


@pytest.mark.parametrize(("start", "months"), [(date(2023, 1, 30), 12), (date(2023, 1, 31), 36)])
def test_r15_a_past_suspension_is_judged_by_the_rule_of_its_day(start, months):
    assert longest_end(start, book=BUILT_IN) == months_after(start, months) - DAY


def test_a_suspension_cannot_end_before_it_starts():
    assert suspended(Suspension(TODAY, TODAY - DAY, BROKEN)) == ["suspension_backwards"]


@pytest.mark.parametrize(("days", "codes"), [(15, ["suspension_too_short"]), (16, [])])
def test_r17_a_contract_suspended_fifteen_days_or_less_does_not_suspend_the_pass(days, codes):
    start = date(2026, 10, 1)
    new = Suspension(start, start + timedelta(days=days - 1), SuspensionMotive.CONTRACT_SUSPENDED)
    assert suspended(new) == codes
    assert suspended(replace(new, motive=BROKEN)) == []


@pytest.mark.parametrize(
    ("kind", "start", "codes"),
    [
        ("ACI", date(2025, 12, 31), []),
        ("ACI", date(2026, 1, 1), ["suspension_motive_elsewhere"]),
        ("AI", date(2025, 12, 31), ["suspension_motive_elsewhere"]),
    ],
)
def test_a_contrat_passerelle_suspends_where_and_while_it_is_signed(kind, start, codes):
    new = Suspension(start, start + 60 * DAY, SuspensionMotive.PASSERELLE)
    assert suspended(new, kind=kind) == codes


SUSPENSIONS = st.lists(st.tuples(st.integers(1, 200), st.integers(0, 400)), max_size=5)


def laid_out(start, drawn):
    """Suspensions one after the other from the start of a PASS, by the days before each and the days of each."""
    rows, day = [], start
    for before, long in drawn:
        day += timedelta(days=before)
        rows.append(Suspension(day, day + timedelta(days=long), BROKEN))
        day += timedelta(days=long)
    return rows


@given(DAYS, SUSPENSIONS)
def test_r16_the_end_moves_by_each_suspension_and_back_when_it_goes(start, drawn):
    bare = PassFacts(start, pass_end(start, book=BUILT_IN))
    rows = laid_out(start, drawn)
    full = bare.moved(suspensions=rows)
    assert (full.end - bare.end).days == sum((row.end - row.start).days for row in rows)
    assert full.end == full.computed_end(book=BUILT_IN)
    for row in rows:
        full = without(full, row)
    assert full == bare


@given(DAYS, st.integers(-400, 400), SUSPENSIONS)
def test_r16_an_end_received_that_differs_keeps_its_difference(start, gap, drawn):
    received = PassFacts(start, pass_end(start, book=BUILT_IN) + timedelta(days=gap))
    moved = received.moved(suspensions=laid_out(start, drawn))
    assert (moved.end - moved.computed_end(book=BUILT_IN)).days == gap
    assert bool(list(difference_findings(moved, book=BUILT_IN))) == (gap != 0)


def test_r16_a_suspension_goes_only_if_the_others_still_begin_inside():
    first, second = (
        Suspension(date(2025, 4, 1), date(2026, 4, 1), BROKEN),
        Suspension(date(2027, 6, 1), date(2027, 7, 1), BROKEN),
    )
    both = IAE.moved(suspensions=[first, second])
    assert [each.code for each in removal_findings(first, both)] == ["suspension_holds_another"]
    assert list(removal_findings(second, both)) == []


@pytest.mark.parametrize(
    ("on", "codes"),
    [
        (date(2026, 8, 31), ["closing_too_soon"]),
        (date(2026, 9, 1), []),
    ],
)
def test_r18_a_pathway_is_closed_after_twelve_months_of_suspension_in_a_row(on, codes):
    rows = [
        Suspension(date(2025, 9, 1), date(2026, 1, 31), BROKEN),
        Suspension(date(2026, 2, 1), date(2026, 12, 31), BROKEN),
    ]
    iae = IAE.moved(suspensions=rows)
    assert run_start(rows, on) == date(2025, 9, 1)
    assert [
        each.code for each in closing_findings(iae, on=on, note="Vu avec elle", today=TODAY, book=BUILT_IN)
    ] == codes


def test_r18_one_day_between_two_suspensions_begins_the_twelve_months_again():
    rows = [
        Suspension(date(2025, 9, 1), date(2026, 1, 30), BROKEN),
        Suspension(date(2026, 2, 1), date(2026, 12, 31), BROKEN),
    ]
    assert run_start(rows, TODAY) == date(2026, 2, 1)
    found = closing_findings(IAE.moved(suspensions=rows), on=TODAY, note="Vu", today=TODAY, book=BUILT_IN)
    assert [each.code for each in found] == ["closing_too_soon"]


def test_r18_a_pathway_is_closed_with_an_examination_once_and_not_ahead():
    iae = IAE.moved(suspensions=[Suspension(date(2025, 9, 1), date(2027, 12, 31), BROKEN)])
    ahead = closing_findings(iae, on=TODAY + DAY, note=" ", today=TODAY, book=BUILT_IN)
    assert [each.code for each in ahead] == ["closing_to_come", "closing_note_missing"]
    closed = replace(iae, closed_on=TODAY)
    assert [
        each.code for each in closing_findings(closed, on=TODAY, note="Vu", today=TODAY, book=BUILT_IN)
    ] == ["pass_closed"]
    assert (closed.last_day, closed.waits_from) == (TODAY, date(2025, 9, 1))
    assert "pass_closed" in suspended(Suspension(date(2025, 4, 1), date(2025, 5, 1), BROKEN), closed)


def asked(new, iae=IAE, *, kind="ACI", born_on=None):
    return [
        each.code
        for each in prolongation_findings(new, iae, structure_kind=kind, book=BUILT_IN, born_on=born_on)
    ]


def a_prolongation(
    days=100, *, motive=ProlongationMotive.RQTH, on=TODAY, start=END, status=RequestStatus.GRANTED
):
    return Prolongation(start, start + timedelta(days=days), motive, on, status)


@pytest.mark.parametrize(
    ("on", "is_open"),
    [
        (date(2026, 2, 27), False),
        (date(2026, 2, 28), True),
        (date(2027, 8, 28), True),
        (date(2027, 8, 29), False),
    ],
)
def test_r21_a_prolongation_is_asked_from_twelve_months_before_to_six_after(on, is_open):
    assert asked(a_prolongation(on=on)) == ([] if is_open else ["prolongation_outside_window"])


def test_r21_the_window_is_that_of_the_day_it_was_asked():
    assert window(END, asked_on=date(2025, 10, 15), book=BUILT_IN)[0] == date(2026, 7, 28)
    assert window(END, asked_on=date(2025, 10, 16), book=BUILT_IN)[0] == date(2026, 2, 28)


def test_r21_only_the_last_pass_that_runs_and_waits_for_no_answer_is_prolonged():
    assert asked(a_prolongation(), replace(IAE, followed_on=TODAY)) == ["prolongation_of_an_old_pass"]
    last = a_prolongation().end
    assert asked(a_prolongation(), replace(IAE, followed_on=last)) == ["prolongation_of_an_old_pass"]
    assert asked(a_prolongation(), replace(IAE, followed_on=last + DAY)) == []
    suspended_now = replace(IAE, suspensions=(Suspension(TODAY, TODAY, BROKEN),))
    assert asked(a_prolongation(), suspended_now) == ["prolongation_while_suspended"]
    assert asked(a_prolongation(on=TODAY + DAY), suspended_now) == []
    pending = replace(IAE, prolongations=(a_prolongation(status=RequestStatus.ASKED),))
    assert asked(a_prolongation(), pending) == ["prolongation_pending"]
    assert asked(a_prolongation(on=TODAY - DAY), pending) == []
    assert asked(a_prolongation(), replace(IAE, closed_on=TODAY)) == ["pass_closed"]


@pytest.mark.parametrize(
    ("days", "codes"), [(0, ["prolongation_not_after"]), (1, []), (365, []), (366, ["prolongation_too_long"])]
)
def test_r20_a_request_lasts_a_day_at_least_and_365_at_most(days, codes):
    assert asked(a_prolongation(days)) == codes


@pytest.mark.parametrize("motive", [each for each, rule in CEILINGS.items() if rule.total_days])
def test_r20_the_prolongations_of_a_pass_have_a_total_all_motives_counted(motive):
    most = BUILT_IN.whole(CEILINGS[motive].total_days, on=TODAY)
    others = [a_prolongation(365, motive=ProlongationMotive.TRAINING)] * (most // 365 - 1)
    assert (
        asked(
            a_prolongation(most - 365 * len(others), motive=motive), replace(IAE, prolongations=tuple(others))
        )
        == []
    )
    one_more = replace(IAE, prolongations=(*others, a_prolongation(1, motive=ProlongationMotive.SENIOR_CDI)))
    found = [
        each.code
        for each in ceiling_findings(
            a_prolongation(365, motive=motive), one_more, structure_kind="ACI", book=BUILT_IN
        )
    ]
    assert found == ["prolongation_total"]


def test_r20_what_was_refused_or_only_asked_is_not_counted():
    others = (
        a_prolongation(365, status=RequestStatus.REFUSED),
        *[a_prolongation(365, motive=ProlongationMotive.TRAINING)] * 2,
    )
    assert replace(IAE, prolongations=others).prolonged_days == 730
    assert asked(a_prolongation(365), replace(IAE, prolongations=others)) == []


@pytest.mark.parametrize("kind", sorted(SIAE_KINDS))
def test_r20_difficulties_prolong_in_ai_and_aci_only(kind):
    found = asked(a_prolongation(motive=ProlongationMotive.DIFFICULTIES), kind=kind)
    assert found == ([] if kind in {"AI", "ACI"} else ["prolongation_motive_elsewhere"])


@pytest.mark.parametrize(
    ("born_on", "codes"), [(date(1977, 6, 8), []), (date(1977, 6, 9), ["prolongation_age"])]
)
def test_r20_fifty_years_are_reached_before_the_new_end(born_on, codes):
    assert asked(a_prolongation(100, motive=ProlongationMotive.SENIOR), born_on=born_on) == codes


@given(
    DAYS, SUSPENSIONS, st.lists(st.integers(1, 365), max_size=3), st.integers(-50, 50), st.integers(-30, 2500)
)
def test_the_lines_of_the_count_add_up_to_the_days_left(start, drawn, prolonged, gap, after):
    iae = PassFacts(start, pass_end(start, book=BUILT_IN) + timedelta(days=gap)).moved(
        suspensions=laid_out(start, drawn),
        prolongations=[a_prolongation(days, start=start) for days in prolonged],
    )
    today = start + timedelta(days=after)
    count = count_days(iae, today=today, book=BUILT_IN)
    assert count.left == sum(line.days for line in count.lines)
    assert count.difference == gap
    if today >= start and not iae.suspended_on(today):
        assert count.left == (iae.end - today).days


@given(DAYS, st.integers(0, 700), st.integers(1, 400))
def test_r16_while_it_is_suspended_nothing_of_a_pass_is_used(start, before, long):
    first = start + timedelta(days=before)
    iae = PassFacts(start, pass_end(start, book=BUILT_IN)).moved(
        suspensions=[Suspension(first, first + timedelta(days=long), BROKEN)]
    )
    left = {count_days(iae, today=first + timedelta(days=day), book=BUILT_IN).left for day in range(long + 1)}
    assert len(left) == 1


def test_the_count_of_the_guide_reads_line_by_line():
    iae = IAE.moved(
        suspensions=[Suspension(date(2026, 1, 1), date(2026, 2, 15), BROKEN)],
        prolongations=[a_prolongation(90)],
    )
    count = count_days(iae, today=TODAY, book=BUILT_IN)
    assert [line.days for line in count.lines] == [730, 45, 90, -632]
    assert count.left == 233 == (count.end - TODAY).days
    assert "contrat de travail rompu" in count.lines[1].words
    assert "premier jour non compté, comme sur les Emplois" in count.lines[1].words
    closed = count_days(replace(iae, closed_on=TODAY), today=TODAY, book=BUILT_IN)
    assert closed.left == 0


def test_the_state_of_a_pass_in_words():
    now = replace(IAE, suspensions=(Suspension(TODAY, TODAY, BROKEN),))
    assert status_in_words(now, TODAY) == "Valide (suspendu)"
    assert status_in_words(now, TODAY - DAY) == "Valide"
    assert status_in_words(now, START - DAY) == "Valide (non démarré)"
    assert status_in_words(now, END + DAY) == "Expiré"
    assert status_in_words(replace(now, closed_on=TODAY), TODAY) == "Clos"
