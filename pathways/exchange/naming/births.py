"""Lines and people by their birth date, whole or in part: whoever may be born the same day is found together."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Generic, TypeVar

from backend.core.values.births import keys_of_birth

T = TypeVar("T")


class ByBirth(Generic[T]):
    """What was put under each birth date; « 1984 » meets every day of 1984, which two whole days never do."""

    def __init__(self) -> None:
        self._told = defaultdict[str, list[T]](list)
        self._within = defaultdict[str, list[T]](list)

    def put(self, born_on: date, item: T) -> None:
        """Keep it under its birth date."""
        told, *less = keys_of_birth(born_on)
        self._told[told].append(item)
        for key in less:
            self._within[key].append(item)

    def meeting(self, born_on: date) -> list[T]:
        """Whatever may be born that day: told so, told less, or told more exactly."""
        told, *less = keys_of_birth(born_on)
        return [
            each
            for found in (
                self._told.get(told),
                *(self._told.get(key) for key in less),
                self._within.get(told),
            )
            for each in found or ()
        ]
