"""The best plan among all the jobs a search has seen: good jobs of different plans often fit together.

Prices on hours, from the fractional plan over these jobs, say which of them could belong to it; HiGHS then chooses.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csc_array

from employers.recomposition.facts.measures import job_value
from employers.recomposition.facts.vocabulary import Job
from employers.recomposition.search.board import Board
from employers.recomposition.search.grid import Floats, Grid, Ints
from employers.recomposition.search.run import Incumbent, Jobs

GOOD_ENOUGH = 0.9  # plans worth less, as a share of the best one, give no job
FURTHEST_BELOW = 150.0  # points that a job may be worth below the price of its hours
MOST_SEEN, MOST_PACKED = 4_000, 1_000
SHARE_OF_TIME = 0.2  # seconds of packing for one of search


class Pool:
    """Every job seen so far, once each, in the order they came."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.jobs: list[Job] = []
        self.values: list[int] = []
        self._known: set[Job] = set()
        self._rows: list[Ints] = []
        self._hours: list[Ints] = []

    def add(self, jobs: Iterable[Job]) -> None:
        """Keep the jobs not seen before."""
        for job in jobs:
            if job not in self._known:
                self._known.add(job)
                self.jobs.append(job)
                self.values.append(job_value(self.grid.territory, job))
                self._append_column(job)

    def latest(self, most: int) -> Pool:
        """A pool with the last jobs only."""
        pool = Pool(self.grid)
        pool.add(self.jobs[-most:])
        return pool

    def matrix(self) -> csc_array:
        """Half-hours per (task, period) row and job column."""
        starts = np.concatenate([[0], np.cumsum([len(one) for one in self._rows])]).astype(np.int64)
        data = np.concatenate(self._hours).astype(float)
        shape = (self.grid.capacity.size, len(self.jobs))
        return csc_array((data, np.concatenate(self._rows), starts), shape=shape)

    def _append_column(self, job: Job) -> None:
        periods = self.grid.periods
        ranks = np.array([self.grid.rank_of[share.task] for share in job.shares], dtype=np.int64)
        hours = np.array([share.half_hours for share in job.shares], dtype=np.int64).ravel()
        rows = (ranks[:, None] * periods + np.arange(periods)).ravel()
        order = np.argsort(rows)
        present = order[hours[order] > 0]
        self._rows.append(rows[present])
        self._hours.append(hours[present])


class Collector(Incumbent):
    """The best plan so far, which also remembers the jobs of good plans and packs them between two coolings."""

    def __init__(self, grid: Grid, on_better: Callable[[Jobs, int], None]) -> None:
        super().__init__(grid, on_better)
        self._pool, self._last = Pool(grid), time.monotonic()

    def consider(self, board: Board) -> None:
        """Remember the jobs of a good plan, and keep the plan if it is the best."""
        if board.total >= GOOD_ENOUGH * self.value:
            self._pool.add(board.jobs(self._grid))
        super().consider(board)

    def rest(self) -> None:
        """Look for a better plan among the jobs seen, for a part of the time spent since the last look."""
        packed = best_packing(self._pool, self.value, SHARE_OF_TIME * (time.monotonic() - self._last))
        if packed:
            self.consider_jobs(packed)
        if len(self._pool.jobs) > MOST_SEEN:
            self._pool = self._pool.latest(MOST_SEEN // 2)
        self._last = time.monotonic()


def best_packing(pool: Pool, known_value: int, seconds: float) -> Jobs:
    """Jobs of the pool that fit together and are worth more than `known_value`; none when none was found in time."""
    if not pool.jobs:
        return ()
    matrix, values, capacity = pool.matrix(), np.array(pool.values, dtype=float), pool.grid.capacity.ravel()
    below = values - matrix.T @ _prices(matrix, values, capacity)
    ranks = np.argsort(-below, kind="stable")[:MOST_PACKED]
    ranks = np.sort(ranks[below[ranks] > -FURTHEST_BELOW])
    fits = LinearConstraint(matrix[:, ranks], -np.inf, capacity)
    better = LinearConstraint(values[None, ranks], known_value + 0.5, np.inf)
    whole = np.ones(len(ranks))
    answer = milp(
        -values[ranks],
        constraints=[fits, better],
        integrality=whole,
        bounds=Bounds(0, 1),
        options={"time_limit": seconds},
    )
    return () if answer.x is None else tuple(pool.jobs[rank] for rank in ranks[answer.x > 0.5])


def _prices(matrix: csc_array, values: Floats, capacity: Ints) -> Floats:
    """What the fractional plan says a half-hour is worth; from the side of prices (the dual), which HiGHS finds faster."""
    answer = linprog(
        capacity.astype(float), A_ub=-matrix.T, b_ub=-values, bounds=(0, None), method="highs-ipm"
    )
    return np.asarray(answer.x, dtype=float)
