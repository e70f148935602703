"""Which certification took the place of another: chains are followed, loops are not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeVar

K = TypeVar("K", int, str)


def latest_of(start: K, replaced_by: Mapping[K, Collection[K]], alive: Collection[K]) -> K | None:
    """The last living certification that took this one's place, step by step; None when no living one did.

    Among several at the same distance, the greatest key: registers number newer fiches higher. A loop ends by itself.
    """
    seen, ring, found = {start}, [start], None
    while ring:
        ring = sorted({each for one in ring for each in replaced_by.get(one, ())} - seen)
        seen.update(ring)
        found = max((each for each in ring if each in alive), default=found)
    return found


def loops_in(replaced_by: Mapping[K, Collection[K]]) -> set[K]:
    """Certifications that replace themselves, through others or not: a mistake of the register, to be said."""
    return {start for start in replaced_by if _comes_back(start, replaced_by)}


def _comes_back(start: K, replaced_by: Mapping[K, Collection[K]]) -> bool:
    seen: set[K] = set()
    ring = set(replaced_by.get(start, ()))
    while ring:
        if start in ring:
            return True
        seen |= ring
        ring = {each for one in ring for each in replaced_by.get(one, ())} - seen
    return False
