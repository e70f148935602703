"""What is wrong with this installation, in words: asked by `/sante/pret/`, `check-install`, `serve` and `diagnose`.

A check looks at one thing and gives a `Trouble` or nothing. Domains add theirs in `AppConfig.ready()`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum


class Gravity(IntEnum):
    """What still works."""

    NOTICE = 0
    """Everything; something is left to say or to do."""
    DEGRADED = 1
    """A follow-up is still recorded; exports, mails or observations wait."""
    VITAL = 2
    """Nobody can work."""


class When(IntEnum):
    """What a check needs."""

    BEFORE_START = 0
    """Only what is installed: it can be looked at with nothing running."""
    RUNNING = 1
    """The workers and the clock, which show their signs of life."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing wrong: what an outsider may read, and what an operator types. Never a name, a path nor an address."""

    code: str
    gravity: Gravity
    sentence: str
    remedy: str


Check = Callable[[], Trouble | None]
_CHECKS: list[tuple[When, Check]] = []


def register(*checks: Check, when: When = When.BEFORE_START) -> None:
    """Add checks, asked in the order they came; once each."""
    known = {check for _, check in _CHECKS}
    _CHECKS.extend((when, check) for check in checks if check not in known)


def troubles(*, is_running: bool) -> list[Trouble]:
    """Everything wrong, gravest first; without `is_running`, only what must be right before anything starts."""
    return sorted(_found(is_running), key=lambda trouble: -trouble.gravity)


def _found(is_running: bool) -> Iterator[Trouble]:
    for when, check in _CHECKS:
        if (is_running or when is When.BEFORE_START) and (trouble := check()):
            yield trouble
            if trouble.code == NO_BASE:
                return


NO_BASE = "base"
"""Without the base, the checks after it could only repeat that it does not answer."""
