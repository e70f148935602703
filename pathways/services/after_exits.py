"""What follows from an exit in the domains above: one event, one effect, by whatever door it was recorded.

Each registers once from `AppConfig.ready()`, and is told in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from backend.core.actor import Actor
from pathways.models import Exit

Place = tuple[int, int]
"""A person, a structure."""

Consequence = Callable[[Collection[Exit], Actor | None, Collection[Place]], None]

_CONSEQUENCES: list[Consequence] = []


def register(consequence: Consequence) -> None:
    """Add what a domain does of exits that were just written; it may be told of the same exit again."""
    if consequence not in _CONSEQUENCES:
        _CONSEQUENCES.append(consequence)


def tell(exits: Collection[Exit], actor: Actor | None = None, *, lost: Collection[Place]) -> None:
    """Exits written or corrected: by somebody, or by a file.

    `lost`: structures that had lost the person to another one before the exits were written (`doors.lost_to_another`,
    asked by the caller while it can be): what they write opens no thread again. What each domain has to say of an exit
    is then in its `remarks`.
    """
    for consequence in _CONSEQUENCES if exits else ():
        consequence(exits, actor, lost)
