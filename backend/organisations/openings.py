"""What an installation needs before its first structure opens; each domain brings its own."""

from __future__ import annotations

from collections.abc import Callable

Preparation = Callable[[], object]

_PREPARATIONS: list[Preparation] = []


def register(preparation: Preparation) -> None:
    """Add a preparation, which does nothing when it was done already; called once from `AppConfig.ready()`."""
    if preparation not in _PREPARATIONS:
        _PREPARATIONS.append(preparation)


def prepare() -> None:
    """Do all that is not done yet."""
    for preparation in _PREPARATIONS:
        preparation()
