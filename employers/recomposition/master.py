"""What hours are worth: the fractional plan over all the jobs seen, and the price it puts on every half-hour."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csc_array

from .grid import Floats, Grid, Ints
from .measures import job_value
from .vocabulary import Job


@dataclass(frozen=True)
class Prices:
    """What the jobs of the pool say an hour is worth: value of the fractional plan, price per half-hour, weights."""

    value: float
    price: Floats  # (n, P)
    weights: Floats  # one per job of the pool


class Pool:
    """Every job seen so far, once each, in the order they came."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.jobs: list[Job] = []
        self.values: list[int] = []
        self._known: set[Job] = set()
        self._rows: list[Ints] = []
        self._hours: list[Ints] = []

    def add(self, jobs: Iterable[Job]) -> int:
        """Keep the jobs not seen before; how many there were."""
        before = len(self.jobs)
        for job in jobs:
            if job in self._known:
                continue
            self._known.add(job)
            self.jobs.append(job)
            self.values.append(job_value(self.grid.territory, job))
            self._append_column(job)
        return len(self.jobs) - before

    def keep(self, ranks: Iterable[int]) -> None:
        """Forget every job but these."""
        kept = [self.jobs[rank] for rank in ranks]
        self.__init__(self.grid)  # type: ignore[misc]
        self.add(kept)

    def matrix(self) -> csc_array:
        """Half-hours per (task, period) row and job column."""
        rows = np.concatenate(self._rows) if self._rows else np.zeros(0, dtype=np.int64)
        data = np.concatenate(self._hours) if self._hours else np.zeros(0, dtype=np.int64)
        starts = np.concatenate([[0], np.cumsum([len(one) for one in self._rows])]).astype(np.int64)
        return csc_array((data.astype(float), rows, starts), shape=(self.grid.capacity.size, len(self.jobs)))

    def _append_column(self, job: Job) -> None:
        periods = self.grid.periods
        ranks = np.array([self.grid.rank_of[share.task] for share in job.shares], dtype=np.int64)
        hours = np.array([share.half_hours for share in job.shares], dtype=np.int64).ravel()
        rows = (ranks[:, None] * periods + np.arange(periods)).ravel()
        order = np.argsort(rows)
        present = order[hours[order] > 0]
        self._rows.append(rows[present])
        self._hours.append(hours[present])


def prices(pool: Pool) -> Prices:
    """The fractional plan over the pool and the price it puts on every half-hour of every task.

    Solved from the side of prices (the dual), which HiGHS finds faster and whose interior answer moves less.
    """
    capacity = pool.grid.capacity.ravel().astype(float)
    wanted = -np.array(pool.values, dtype=float)
    answer = linprog(capacity, A_ub=-pool.matrix().T, b_ub=wanted, bounds=(0, None), method="highs-ipm")
    return Prices(answer.fun, answer.x.reshape(pool.grid.capacity.shape), -answer.ineqlin.marginals)
