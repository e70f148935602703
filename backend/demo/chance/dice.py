"""Seeded chance: the same key always gives the same invented life."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from math import sqrt
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Odds(Generic[T]):
    """A table of values and weights, prepared once and drawn from many times."""

    __slots__ = ("_steps", "_values")

    def __init__(self, weights: Mapping[T, float]) -> None:
        pairs = [pair for pair in weights.items() if pair[1] > 0]
        total = sum(weight for _, weight in pairs)
        self._values = [value for value, _ in pairs]
        self._steps = list(accumulate(weight / total for _, weight in pairs))[:-1]

    def at(self, point: float) -> T:
        """The value at a point of the interval [0, 1)."""
        return self._values[bisect(self._steps, point)]


class Dice:
    """Draws of one invented person, independent of everyone else's, so that batches equal the whole."""

    __slots__ = ("_random",)

    def __init__(self, *key: int | str) -> None:
        # Invented data, no secret: a fast and reproducible generator is what is wanted.
        self._random: Callable[[], float] = Random("/".join(str(part) for part in key)).random  # noqa: S311

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return self._random() < probability

    def real(self, low: float, high: float) -> float:
        """A number between two bounds."""
        return low + (high - low) * self._random()

    def whole(self, low: int, high: int) -> int:
        """A whole number between two bounds, both included."""
        return low + int(self._random() * (high - low + 1))

    def pick(self, values: Sequence[T]) -> T:
        """One of these values, each as likely as the others."""
        return values[int(self._random() * len(values))]

    def draw(self, odds: Odds[T]) -> T:
        """One value of a table of odds."""
        return odds.at(self._random())

    def peaked(self, low: float, high: float, mode: float) -> float:
        """A number of a triangular law: between two bounds, most often near the mode."""
        cut, point = (mode - low) / (high - low), self._random()
        if point < cut:
            return low + sqrt((high - low) * (mode - low) * point)
        return high - sqrt((high - low) * (high - mode) * (1 - point))
