"""How many things wait beside the entries of the menu, without building on each page what it does not show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.core.cache.backends.locmem import LocMemCache

from backend.audit.trail import last_write
from backend.core.actor import Actor

KEPT_SECONDS = 60
"""A count may be late by this much on what the clock alone or somebody else changed."""

# In the process's own memory: no network between a page and its menu. The trail, which every process reads, says
# when one's own gesture made a count out of date: what was just done leaves the menu at once.
_counts = LocMemCache("menu-counts", {"TIMEOUT": KEPT_SECONDS, "OPTIONS": {"MAX_ENTRIES": 5_000}})


def known(actor: Actor, name: str, today: date) -> int | None:
    """The count of this seat, if it was counted since its user last wrote; None otherwise."""
    count: int | None = _counts.get(_key(actor, name, today))
    return count


def counted(actor: Actor, name: str, today: date, count: Callable[[], int]) -> int:
    """The count of this seat, counted again as soon as its user wrote something, and every minute."""
    key = _key(actor, name, today)
    known: int | None = _counts.get(key)
    if known is None:
        known = count()
        _counts.set(key, known)
    return known


def _key(actor: Actor, name: str, today: date) -> str:
    return f"{name}:{actor.seat}:{today}:{last_write(actor.user_id)}"


def forget() -> None:
    """Start again from nothing."""
    _counts.clear()
