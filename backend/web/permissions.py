"""Who finds the pages of the frame that belong to no domain."""

from __future__ import annotations

from backend.core.actor import ACCOMPANY, Actor


def takes_back_at_once(actor: Actor) -> bool:
    """Who records what is offered to be taken back at once; each gesture says further who may."""
    return actor.role in ACCOMPANY


def reads_the_day(actor: Actor) -> bool:
    """Who has people to see today and something not to let slip: those who accompany them."""
    return actor.role in ACCOMPANY
