"""What a colleague who leaves leaves to hand over; each domain says it for what it holds."""

from __future__ import annotations

from collections.abc import Callable

from backend.core.actor import Actor
from backend.organisations.models import Membership

Counter = Callable[[Actor, Membership], str]

_COUNTERS: list[Counter] = []


def register(counter: Counter) -> None:
    """Add a domain's sentence: empty when nothing is left; called once from `AppConfig.ready()`."""
    if counter not in _COUNTERS:
        _COUNTERS.append(counter)


def left_behind(actor: Actor, membership: Membership) -> list[str]:
    """One sentence for each thing somebody else must take over, said before the role is ended."""
    return [sentence for counter in _COUNTERS if (sentence := counter(actor, membership))]
