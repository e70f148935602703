"""What follows from an exit in the domains above: one event, one effect, by whatever door it was recorded.

Each registers once from `AppConfig.ready()`, and is told in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from backend.core.actor import Actor
from pathways.models import Exit

Consequence = Callable[[Collection[Exit], Actor | None], None]

_CONSEQUENCES: list[Consequence] = []


def register(consequence: Consequence) -> None:
    """Add what a domain does of exits that were just written; it may be told of the same exit again."""
    if consequence not in _CONSEQUENCES:
        _CONSEQUENCES.append(consequence)


def tell(exits: Collection[Exit], actor: Actor | None = None) -> None:
    """Exits written or corrected: by somebody, or by a file."""
    for consequence in _CONSEQUENCES if exits else ():
        consequence(exits, actor)
