"""The state machine of a relay, as one table: each move, the hands that make it, from where it starts, where it leads.

Buttons, services and the API read the same lines. That the delay has passed is no state: it is read from the last day
a hand had to answer (`RelayState.is_lapsed`), and stops every move.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pathways.enums import RelayHand, RelayPart, RelayStatus

_S = RelayStatus
_PERSON, _SENDER, _RECEIVER = RelayHand.PERSON, RelayHand.SENDER, RelayHand.RECEIVER


class Move(StrEnum):
    """What one does of a relay once it is proposed."""

    CORRECT = "correct"
    AGREE = "agree"
    DENY = "deny"
    CHANGE = "change"
    ACCEPT = "accept"
    SUGGEST = "suggest"
    CONFIRM = "confirm"
    DECLINE = "decline"
    MEET = "meet"
    WELCOME = "welcome"
    WITHDRAW = "withdraw"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Line:
    """One move: who makes it, and where it leads from each state it may start from."""

    hands: frozenset[RelayHand]
    leads: Mapping[str, str]


def _line(*hands: RelayHand, **leads: str) -> Line:
    return Line(frozenset(hands), {getattr(_S, start): getattr(_S, end) for start, end in leads.items()})


_BEFORE_WELCOME = ("AGREED", "RESCHEDULED", "ACCEPTED", "MET")

TABLE: Mapping[Move, Line] = {
    Move.CORRECT: _line(_SENDER, PROPOSED="PROPOSED"),
    Move.AGREE: _line(_PERSON, PROPOSED="AGREED"),
    Move.DENY: _line(_PERSON, PROPOSED="DENIED"),
    # What one gives is widened or narrowed at any time, the welcome included: nothing moves but what is read.
    Move.CHANGE: _line(_PERSON, **{each: each for each in (*_BEFORE_WELCOME, "WELCOMED")}),
    Move.ACCEPT: _line(_RECEIVER, AGREED="ACCEPTED"),
    Move.SUGGEST: _line(_RECEIVER, AGREED="RESCHEDULED", RESCHEDULED="RESCHEDULED"),
    Move.CONFIRM: _line(_SENDER, RESCHEDULED="ACCEPTED"),
    Move.DECLINE: _line(_RECEIVER, **dict.fromkeys(_BEFORE_WELCOME, "DECLINED")),
    Move.MEET: _line(_SENDER, _RECEIVER, ACCEPTED="MET"),
    Move.WELCOME: _line(_RECEIVER, MET="WELCOMED"),
    Move.WITHDRAW: _line(_PERSON, **dict.fromkeys((*_BEFORE_WELCOME, "WELCOMED"), "WITHDRAWN")),
    Move.CANCEL: _line(_SENDER, **dict.fromkeys(("PROPOSED", *_BEFORE_WELCOME), "CANCELLED")),
}

WAITING: Mapping[str, RelayHand] = {
    _S.PROPOSED: _PERSON,
    _S.AGREED: _RECEIVER,
    _S.RESCHEDULED: _SENDER,
    _S.ACCEPTED: _SENDER,
    _S.MET: _RECEIVER,
}
"""The hand each state waits for; a state that is not here waits for nobody."""

READ_BY_RECEIVER: frozenset[str] = frozenset({_S.AGREED, _S.RESCHEDULED, _S.ACCEPTED, _S.MET, _S.WELCOMED})
"""States in which the structure that may welcome knows of the relay at all: after the person agreed, not after a no."""


@dataclass(frozen=True, slots=True)
class RelayState:
    """Where a relay stands on a day: its state, what was agreed, the last day its hand had to answer."""

    status: str
    parts: frozenset[str]
    expires_on: date
    today: date

    @property
    def is_lapsed(self) -> bool:
        """Whether nobody answered in time; a welcome made, or a no, does not lapse."""
        return self.status in WAITING and self.expires_on < self.today

    @property
    def waits_for(self) -> RelayHand | None:
        """Whose turn it is."""
        return None if self.is_lapsed else WAITING.get(self.status)

    @property
    def given(self) -> frozenset[str]:
        """The groups of fields the receiving structure reads today: what was agreed, while nobody said no."""
        if self.status not in READ_BY_RECEIVER or self.is_lapsed:
            return frozenset()
        return self.parts

    def leads(self, move: Move) -> str | None:
        """Where this move leads from here; None when it cannot be made."""
        return None if self.is_lapsed else TABLE[move].leads.get(self.status)

    def moves(self, hands: Collection[RelayHand]) -> tuple[Move, ...]:
        """What these hands may do now, in the order of the table."""
        return tuple(
            move
            for move, line in TABLE.items()
            if line.hands & frozenset(hands) and self.leads(move) is not None
        )


def read_parts(text: str) -> frozenset[str]:
    """The groups of fields kept in one text."""
    return frozenset(text.split())


def parts_text(parts: Collection[str]) -> str:
    """The text that keeps these groups, always in the same order."""
    return " ".join(each for each in RelayPart.values if each in parts)
