"""The register of what a person agreed to: each house tells its own, one page shows them together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from backend.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement: to what, to whom, since when, until when; `withdraw` is where it is taken back, empty when it is not.

    `is_asked_first`: that address is a page that asks before it does.

    `is_live`: it holds today. `state` is said in one word or two: « accordé », « retiré ».
    """

    what: str
    to_whom: str
    state: str
    is_live: bool
    on: date
    until: date | None = None
    ended_on: date | None = None
    withdraw: str = ""
    is_asked_first: bool = False
    detail: str = ""


Source = Callable[[Actor, Any], Iterable[Agreement]]
_SOURCES: list[Source] = []


def register(source: Source) -> None:
    """Called once from `AppConfig.ready()`: what one house knows of one person's agreements, read by this actor."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def agreements_of(actor: Actor, person: Any) -> list[Agreement]:
    """All of them: those that hold first, then the newest first."""
    found = [each for source in _SOURCES for each in source(actor, person)]
    return sorted(found, key=lambda each: (not each.is_live, -each.on.toordinal()))
