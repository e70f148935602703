"""What a colleague who leaves leaves to hand over, and to whom; each domain says it for what it holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from backend.accounts.models import User
from backend.core.actor import Actor
from backend.organisations.models import Membership


@dataclass(frozen=True, slots=True)
class HandOver:
    """What one domain does when a seat ends.

    `left_behind` is a sentence for whoever ends the seat, empty when nothing is left that they may read of.
    `waits` tells whether somebody has to take over; `give` moves everything to one colleague, and counts it.
    """

    left_behind: Callable[[Actor, Membership], str]
    waits: Callable[[Membership], bool]
    give: Callable[[Actor, Membership, User], int]


_HAND_OVERS: list[HandOver] = []


def register(hand_over: HandOver) -> None:
    """Add what a domain hands over; called once from `AppConfig.ready()`."""
    if hand_over not in _HAND_OVERS:
        _HAND_OVERS.append(hand_over)


def left_behind(actor: Actor, membership: Membership) -> list[str]:
    """One sentence for each thing somebody else must take over, said before the role is ended."""
    return [sentence for each in _HAND_OVERS if (sentence := each.left_behind(actor, membership))]


def is_awaited(membership: Membership) -> bool:
    """Whether somebody has to take over what this seat holds."""
    return any(each.waits(membership) for each in _HAND_OVERS)


def hand_over(actor: Actor, membership: Membership, successor: User) -> int:
    """Give all that this seat held to a colleague; how many things moved."""
    return sum(each.give(actor, membership, successor) for each in _HAND_OVERS)
