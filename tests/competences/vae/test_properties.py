"""What holds for every file, whatever its days: order never matters, and time only reads facts that are there."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from competences.enums import VaeStatus, VaeStepKind
from competences.rules.vae import NEXT_KINDS, TRANSITIONS, FileFacts, StepFacts, read_file, step_findings
from competences.rules.vae.reading import portal_days
from competences.rules.vae.table import COMPUTED, possible_kinds
from pathways.rules.dated.rows import BUILT_IN

K, S = VaeStepKind, VaeStatus
DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 31))


@st.composite
def steps(draw):
    on = draw(DAYS)
    kind = draw(st.sampled_from(list(K)))
    jury_on = on + timedelta(days=draw(st.integers(0, 200))) if kind is K.JURY else None
    return StepFacts(kind, on, jury_on=jury_on, blocs="BC01" if kind is K.PARTIAL else "")


@st.composite
def true_files(draw):
    """A file as the rules let one be typed, a step after the other."""
    on = draw(DAYS)
    file = FileFacts(steps=(StepFacts(K.AGREED, on),))
    for _ in range(draw(st.integers(0, 9))):
        on += timedelta(days=draw(st.integers(1, 250)))
        status = read_file(file, today=on, book=BUILT_IN).status
        kind = draw(st.sampled_from(possible_kinds(status)))
        jury_on = on + timedelta(days=draw(st.integers(0, 60))) if kind is K.JURY else None
        new = StepFacts(kind, on, jury_on=jury_on, blocs="BC01" if kind is K.PARTIAL else "")
        refused = [
            each
            for each in step_findings(file, new, today=on, book=BUILT_IN)
            if each.refuses or each.is_contradiction
        ]
        if not refused:
            file = file.plus(new)
    return file


@given(st.lists(steps(), max_size=8), DAYS, st.randoms())
def test_the_order_of_typing_never_matters(told, today, chance):
    shuffled = list(told)
    chance.shuffle(shuffled)
    one, other = (
        read_file(FileFacts(steps=tuple(each)), today=today, book=BUILT_IN) for each in (told, shuffled)
    )
    assert one == other


@given(st.lists(steps(), max_size=8), DAYS)
def test_r35_no_computed_reading_before_its_fact(told, today):
    reading = read_file(FileFacts(steps=tuple(told)), today=today, book=BUILT_IN)
    past = [each for each in told if each.on <= today]
    if reading.is_computed:
        assert reading.status in COMPUTED
        cause = {K.COMPLETE} if reading.status is S.TACIT else {K.COMPLETE, K.ADMISSIBLE}
        assert any(each.kind in cause and each.on < reading.since <= today for each in past)
    assert reading.notified not in COMPUTED


@given(true_files(), DAYS)
def test_a_file_typed_step_by_step_holds_nothing_out_of_place(file, today):
    assert read_file(file, today=date(2060, 1, 1), book=BUILT_IN).out_of_place == ()
    reading = read_file(file, today=today, book=BUILT_IN)
    assert all(delay.aim_on <= delay.last_on for delay in reading.delays)
    idle = portal_days(file, today=today, book=BUILT_IN)
    assert idle is None or idle[0] < idle[1]


@given(true_files(), st.data())
def test_time_alone_only_makes_a_silence_or_a_lapse(file, data):
    day = data.draw(DAYS)
    later = day + timedelta(days=data.draw(st.integers(0, 3000)))
    known = FileFacts(steps=tuple(each for each in file.steps if each.on <= day))
    before, after = (read_file(known, today=on, book=BUILT_IN) for on in (day, later))
    assert after.status == before.status or after.status in COMPUTED
    assert after.notified == before.notified


def test_every_kind_of_step_has_its_row_and_every_status_its_ways():
    assert set(TRANSITIONS) == set(K)
    assert all(not row.after & row.keeps for row in TRANSITIONS.values())
    assert set(NEXT_KINDS) == set(S)
    for status, kinds in NEXT_KINDS.items():
        assert set(kinds) <= set(possible_kinds(status))
    given_by_steps = {row.leads_to for row in TRANSITIONS.values()} - {None}
    assert given_by_steps | set(COMPUTED) == set(S)
