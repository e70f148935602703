"""Where the page or the gesture of an object is: asked with the object itself, never with a bare number.

A number fits any address that takes one, and an exit's number opens somebody else's stay without a word. Here the
screens say once which object each gesture takes and which number its address wants; a domain only names the object.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model
from django.urls import reverse


class Gesture(StrEnum):
    """What one goes to an object for."""

    OPEN = "open"
    NOTE = "note"
    PROLONG = "prolong"
    CLOSE = "close"
    COMPLETE = "complete"
    SETTLE = "settle"
    POSTPONE = "postpone"
    CORRECT = "correct"
    CANCEL = "cancel"


class NoSuchAddress(LookupError):
    """No screen offers this gesture on this kind of object."""


@dataclass(frozen=True, slots=True)
class _Address:
    route: str
    number: Callable[[Any], int]
    query: Callable[[Any], dict[str, Any]]
    fragment: str


_ADDRESSES: dict[tuple[type[Model], Gesture], _Address] = {}


def register(
    model: type[Model],
    gesture: Gesture,
    route: str,
    *,
    number: Callable[[Any], int] = lambda target: target.pk,
    query: Callable[[Any], dict[str, Any]] = lambda target: {},
    fragment: str = "",
) -> None:
    """Say where a gesture on this kind of object leads; `number` is what the address takes, the object's own by default."""
    _ADDRESSES[model, gesture] = _Address(route, number, query, fragment)


def registered() -> Iterator[tuple[type[Model], Gesture]]:
    """Every object and gesture that has an address, for tests to walk."""
    yield from _ADDRESSES


def address_of(target: Model, gesture: Gesture = Gesture.OPEN) -> str:
    """The address of this gesture on this very object; `NoSuchAddress` when no screen takes such an object."""
    found = _ADDRESSES.get((type(target), gesture))
    if found is None:
        raise NoSuchAddress(f"no screen for {gesture} on {type(target).__name__}")
    query = found.query(target)
    return (
        reverse(found.route, args=[found.number(target)])
        + (f"?{urlencode(query)}" if query else "")
        + (f"#{found.fragment}" if found.fragment else "")
    )
