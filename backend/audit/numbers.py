"""By which numbers the trail knows one person: a file joined to another leaves lines under its own, which never change."""

from __future__ import annotations

from collections.abc import Callable, Collection

Numbers = Callable[[int], Collection[int]]
_NUMBERS: list[Numbers] = []


def come_from(numbers: Numbers) -> None:
    """Say who knows the former numbers of a person; called once from `AppConfig.ready()`."""
    if numbers not in _NUMBERS:
        _NUMBERS.append(numbers)


def numbers_of(beneficiary_id: int | None) -> set[int]:
    """Every number under which lines speak of this person."""
    if beneficiary_id is None:
        return set()
    return {beneficiary_id, *(each for numbers in _NUMBERS for each in numbers(beneficiary_id))}
