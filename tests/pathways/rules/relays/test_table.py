"""The state machine of a relay, line by line, and what no sequence of moves may ever let through."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.enums import RelayHand, RelayPart, RelayStatus
from pathways.rules.relays.table import (
    READ_BY_RECEIVER,
    TABLE,
    WAITING,
    Move,
    RelayState,
    parts_text,
    read_parts,
)

TODAY = date(2026, 11, 23)
P, S, R = RelayHand.PERSON, RelayHand.SENDER, RelayHand.RECEIVER

# from                     hand: moves it may make
MOVES = {
    RelayStatus.PROPOSED: {P: "agree deny", S: "correct cancel", R: ""},
    RelayStatus.AGREED: {P: "change withdraw", S: "cancel", R: "accept suggest decline"},
    RelayStatus.RESCHEDULED: {P: "change withdraw", S: "confirm cancel", R: "suggest decline"},
    RelayStatus.ACCEPTED: {P: "change withdraw", S: "meet cancel", R: "decline meet"},
    RelayStatus.MET: {P: "change withdraw", S: "cancel", R: "decline welcome"},
    RelayStatus.WELCOMED: {P: "change withdraw", S: "", R: ""},
    RelayStatus.DENIED: {P: "", S: "", R: ""},
    RelayStatus.DECLINED: {P: "", S: "", R: ""},
    RelayStatus.WITHDRAWN: {P: "", S: "", R: ""},
    RelayStatus.CANCELLED: {P: "", S: "", R: ""},
}


def state(status, *, parts=(), expires_on=TODAY):
    return RelayState(str(status), frozenset(parts), expires_on, TODAY)


@pytest.mark.parametrize("status", RelayStatus)
@pytest.mark.parametrize("hand", RelayHand)
def test_each_hand_makes_its_moves_and_no_other(status, hand):
    assert set(state(status).moves({hand})) == set(MOVES[status][hand].split())


def test_every_state_is_reached_and_only_ends_wait_for_nobody():
    reached = {end for line in TABLE.values() for end in line.leads.values()} | {RelayStatus.PROPOSED}
    assert reached == set(RelayStatus)
    ends = {status for status in RelayStatus if not any(MOVES[status].values())}
    assert set(RelayStatus) - set(WAITING) == ends | {RelayStatus.WELCOMED}


@pytest.mark.parametrize(
    ("last", "lapsed"), [(date(2026, 11, 22), True), (TODAY, False), (date(2026, 11, 24), False)]
)
def test_the_last_day_still_waits_and_the_next_one_does_not(last, lapsed):
    found = state(RelayStatus.AGREED, parts=RelayPart.values, expires_on=last)
    assert found.is_lapsed is lapsed
    assert bool(found.moves(RelayHand)) is not lapsed
    assert bool(found.given) is not lapsed
    assert (found.waits_for is None) is lapsed


def test_a_welcome_and_a_no_never_lapse():
    past = date(2020, 1, 1)
    assert not state(RelayStatus.WELCOMED, expires_on=past).is_lapsed
    assert not state(RelayStatus.DENIED, expires_on=past).is_lapsed


def test_groups_are_kept_in_one_text_always_in_the_same_order():
    assert parts_text({RelayPart.SKILLS, RelayPart.IDENTITY}) == "IDENTITE COMPETENCES"
    assert read_parts(parts_text(RelayPart.values)) == set(RelayPart.values)
    assert read_parts("") == frozenset()
    assert not [(a, b) for a in RelayPart.values for b in RelayPart.values if a != b and a in b]


@given(
    moves=st.lists(st.tuples(st.sampled_from(list(Move)), st.sampled_from(list(RelayHand))), max_size=12),
    choices=st.lists(st.frozensets(st.sampled_from(RelayPart.values), min_size=1), min_size=12, max_size=12),
)
def test_no_sequence_of_moves_gives_what_the_person_did_not_say_yes_to(moves, choices):
    """Whatever the hands try in any order: what is given is what the person's last yes said, and nothing after a no."""
    now, said = state(RelayStatus.PROPOSED), frozenset()
    for (move, hand), choice in zip(moves, choices, strict=False):
        if hand not in TABLE[move].hands or (leads := now.leads(move)) is None:
            continue
        if move in {Move.AGREE, Move.CHANGE}:
            said = choice
        now = state(leads, parts=said)
        assert now.given <= said
        assert now.given == (said if leads in READ_BY_RECEIVER else frozenset())
        if move in {Move.DENY, Move.WITHDRAW, Move.DECLINE, Move.CANCEL}:
            assert not now.given
            assert not now.moves(RelayHand)
