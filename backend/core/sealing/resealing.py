"""Change the key of what is sealed: everything read with the old key, written with the new one, a slice at a time.

People go on working meanwhile. Stopped anywhere, it goes on where it stopped: what carries the new key is left alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, transaction

from backend.core.sealing.encryption import (
    Undecipherable,
    decrypt,
    encrypt,
    has_newest_key,
    is_of_a_row,
    opened,
)
from backend.core.sealing.places import Place, SealedColumn, changed, each_sealed, places

SLICE = 200


@dataclass(slots=True)
class Count:
    """What became of the texts of one place."""

    label: str
    resealed: int = 0
    already: int = 0
    unreadable: int = 0
    """Those that none of our keys opens: left as they are."""


def reseal(tell: Callable[[Count], None]) -> list[Count]:
    """Go through every place; `tell` hears of each as it ends."""
    counts = []
    for place in places():
        counts.append(count := _reseal(place))
        tell(count)
    return counts


def bind_to_rows() -> int:
    """Bind to their rows the texts written many at once; how many. Everything else is left alone."""
    done = 0
    for place in places():
        if not isinstance(place, SealedColumn):
            continue
        after: Any = None
        while rows := place.rows(after, SLICE, unbound=True):
            count = Count(place.label)
            with transaction.atomic():
                for pk, stored in rows:
                    _reseal_row(place, pk, stored, count)
            done, after = done + count.resealed, rows[-1][0]
    return done


def _reseal(place: Place) -> Count:
    count, after = Count(place.label), None
    while rows := place.rows(after, SLICE):
        with transaction.atomic():
            for pk, stored in rows:
                _reseal_row(place, pk, stored, count)
        after = rows[-1][0]
    return count


def _reseal_row(place: Place, pk: Any, stored: Any, count: Count) -> None:
    done = Count(place.label)

    def change(sealed: str) -> str:
        mine = place.row_of(pk)
        if has_newest_key(sealed) and (is_of_a_row(sealed) or not mine):
            done.already += 1
            return sealed
        try:
            row, text = opened(sealed, context=place.context)
        except Undecipherable:
            done.unreadable += 1
            return sealed
        done.resealed += 1
        return encrypt(text, context=place.context, row=row or mine)

    after = changed(stored, change)
    if after != stored and not place.replace(pk, stored, after):
        return  # written meanwhile, hence with the new key, or deleted
    count.resealed += done.resealed
    count.already += done.already
    count.unreadable += done.unreadable


def opens_what_is_stored() -> bool:
    """Whether our keys open one text of each place, the oldest: what a forgotten or mistaken key is seen by at once."""
    return all(_opens_oldest(place) for place in places())


def _opens_oldest(place: Place) -> bool:
    try:
        for _, stored in place.rows(None, 1):
            for sealed in each_sealed(stored):
                decrypt(sealed, context=place.context)
    except Undecipherable:
        return False
    except DatabaseError:
        return True  # another check says what is wrong with the base
    return True
