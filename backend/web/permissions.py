"""Who finds the pages of the frame that belong to no domain."""

from __future__ import annotations

from backend.core.actor import ACCOMPANY, Actor


def reads_the_day(actor: Actor) -> bool:
    """Who has people to see today and something not to let slip: those who accompany them."""
    return actor.role in ACCOMPANY
