"""What no plan can exceed: ceilings proved from prices on hours, so that a plan's gap is said honestly.

Put a price on every half-hour of every task. A plan is worth at most the price of all hours, plus, for each of its
jobs, what the best job is worth above the price of its own hours. Prices that make that surplus small give a tight
ceiling; they come from the fractional plan over the jobs seen (column generation, with smoothed prices so that they
do not swing), and the surplus is itself proved by HiGHS, one small group of employers at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from math import floor

import numpy as np

from .anneal import find_jobs, jobs_from
from .exact import most_jobs
from .fill import EMPTY
from .grid import Floats, Grid, Ints
from .linear import LinearModel
from .master import Pool, prices
from .measures import VALUE_OF_A_JOB
from .model import add_job, usable
from .vocabulary import Job

SMOOTHING = 0.5  # part of the former prices kept
CROWD_PER_EMPLOYER, SMALLEST_CROWD, LARGEST_CROWD, ROUNDS = 24, 128, 768, 20
MOST_NEW, MOST_JOBS = 100, 1_200
SMALL_SURPLUS = 25.0  # points: below, another round of prices gains little
MOST_GROUPS = 3_000


def simple_ceiling(grid: Grid) -> int:
    """Every light hour, the dearest heavy hours under the cap, in each period alone; and as many jobs as could be."""
    total = 0.0
    for period in range(grid.periods):
        hours, weight = grid.capacity[:, period], np.maximum(0, grid.weight)
        light = int(hours[~grid.heavy].sum())
        total += float((hours * weight)[~grid.heavy].sum())
        allowed = int(grid.heavy_ratio * light + 1e-6)
        for rank in np.argsort(-weight, kind="stable"):
            if grid.heavy[rank] and allowed > 0:
                taken = min(allowed, int(hours[rank]))
                total += taken * float(weight[rank])
                allowed -= taken
    jobs = most_jobs(grid)
    return int(total) + VALUE_OF_A_JOB * jobs if jobs else 0


@dataclass
class Ceiling:
    """A search for prices that leave no job worth much more than its hours."""

    grid: Grid
    rng: np.random.Generator
    over: Callable[[], bool]
    exact_options: dict[str, float]
    best: int = 0
    _start: Ints | None = None  # where the candidates of the last round stopped

    @cached_property
    def _groups(self) -> list[tuple[int, ...]]:
        return _groups(self.grid)

    def rounds(self, seen: tuple[Job, ...] = (), most: int = 100_000) -> Iterator[int]:
        """Lower and lower ceilings, each proved."""
        self.best = simple_ceiling(self.grid)
        yield self.best
        pool = Pool(self.grid)
        pool.add(seen)
        price = 0.9 * np.repeat(self.grid.weight[:, None].astype(float), self.grid.periods, axis=1)
        for turn in range(most):
            if self.over() or not most_jobs(self.grid):
                return
            surplus, new = self._search(pool, price)
            if surplus < SMALL_SURPLUS or turn == most - 1:
                yield self._prove(pool, price, surplus)
            if not pool.jobs:
                return
            if new or surplus < SMALL_SURPLUS:
                price = SMOOTHING * price + (1 - SMOOTHING) * prices(pool).price
            self._forget(pool, price)

    def _search(self, pool: Pool, price: Floats) -> tuple[float, int]:
        """Add jobs worth more than their hours; the largest surplus seen and how many jobs were new.

        Prices move little from one round to the next: every other candidate goes on from where it was.
        """
        employers = len(self.grid.near)
        crowd = int(np.clip(CROWD_PER_EMPLOYER * employers, SMALLEST_CROWD, LARGEST_CROWD))
        anchors = np.arange(crowd) % employers
        found = find_jobs(self.grid, price, self.rng, anchors=anchors, rounds=ROUNDS, start=self._start)[0]
        self._start = np.where(np.arange(crowd)[:, None] // employers % 2 == 0, found.rows, EMPTY)
        ranks = np.flatnonzero(found.valid & (found.value > 1))
        ranks = ranks[np.argsort(-found.value[ranks], kind="stable")][:MOST_NEW]
        return float(found.value[ranks].max(initial=0.0)), pool.add(jobs_from(self.grid, found, ranks))

    def _prove(self, pool: Pool, price: Floats, seen: float) -> int:
        """A ceiling from these prices; a surplus already `seen` is granted to every group, the rest is proved."""
        spent = float((price * self.grid.capacity).sum())
        jobs = most_jobs(self.grid)
        surplus = max(seen, 1.0)
        for group in self._groups:
            if self.over() or spent + jobs * surplus >= self.best:
                return self.best
            surplus = max(surplus, self._surplus(pool, group, price, surplus))
        self.best = min(self.best, floor(spent + jobs * surplus + 1e-6))
        return self.best

    def _surplus(self, pool: Pool, group: tuple[int, ...], price: Floats, known: float) -> float:
        """At least what the best job of these employers is worth above its hours; `known` is already granted.

        Asking only for a job worth more than `known` is much faster than asking for the best one.
        """
        tasks = usable(self.grid, group)
        if not tasks or _rough_surplus(self.grid, tasks, price) <= known:
            return known
        model = LinearModel()
        job = add_job(model, self.grid, tasks, price, people=False)
        if model.solve(whole=False).value <= known:
            return known
        model.row([(variable, gain) for variable, gain in enumerate(model.gains) if gain], least=known)
        answer = model.solve(self.exact_options)
        if answer.impossible:
            return known
        if answer.x is not None:
            found = job.job(self.grid, answer.x)
            pool.add([found] if found.shares else [])
        return min(answer.ceiling, 1e12)

    def _forget(self, pool: Pool, price: Floats) -> None:
        if len(pool.jobs) > MOST_JOBS:
            surplus = np.array(pool.values) - pool.matrix().T @ price.ravel()
            pool.keep(np.sort(np.argsort(-surplus, kind="stable")[: MOST_JOBS // 2]))


def _rough_surplus(grid: Grid, tasks: list[int], price: Floats) -> float:
    """The few tasks that bring most, whatever the rules say: quick, and often enough to rule a group out."""
    brought = (np.maximum(0.0, grid.weight[tasks, None] - price[tasks]) * grid.capacity[tasks]).sum(axis=1)
    return VALUE_OF_A_JOB + float(np.sort(brought)[-grid.territory.parameters.max_tasks :].sum())


def _groups(grid: Grid) -> list[tuple[int, ...]]:
    """Every largest group of employers that one job may share; each employer's neighbourhood where there are too many."""
    sites = sorted({int(site) for site in grid.site})
    groups: list[tuple[int, ...]] = []
    for group in _growing(grid, sites, min(grid.territory.parameters.max_employers, len(sites)), ()):
        groups.append(group)
        if len(groups) > MOST_GROUPS:
            return [tuple(site for site in sites if grid.near[anchor, site]) for anchor in sites]
    return groups


def _growing(grid: Grid, sites: list[int], size: int, group: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Groups that start with `group`, all near one another, and that no further employer could join."""
    joining = [site for site in sites if site not in group and all(grid.near[site, one] for one in group)]
    if len(group) == size or (group and not joining):
        yield group
        return
    for site in joining:
        if not group or site > group[-1]:
            yield from _growing(grid, sites, size, (*group, site))
