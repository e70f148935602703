"""How long a search may last: seconds for people who wait, steps for runs that must be repeated exactly."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

STEPS_PER_ITERATION = 10


@dataclass
class Budget:
    """Seconds or iterations, whichever is given; a stop request ends either."""

    seconds: float | None = 20.0
    iterations: int | None = None
    should_stop: Callable[[], bool] = lambda: False
    started: float = field(default_factory=time.monotonic)
    steps: int = 0

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.started

    @property
    def repeatable(self) -> bool:
        """Whether the run is limited by iterations only, never by the clock."""
        return self.iterations is not None

    def step(self) -> None:
        """Count one step of a search."""
        self.steps += 1

    @property
    def used(self) -> float:
        """Share of the budget used, from 0 to 1 and beyond."""
        if self.iterations is not None:
            return self.steps / max(1, self.iterations * STEPS_PER_ITERATION)
        return self.elapsed / max(1e-9, self.seconds or 0.0)

    @property
    def over(self) -> bool:
        """Whether the search must end now."""
        return self.used >= 1 or self.should_stop()
