"""Parts of a territory too far apart for any job to join them: each one is a smaller question of its own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse.csgraph import connected_components

from employers.recomposition.facts.measures import VALUE_OF_A_JOB, job_value
from employers.recomposition.facts.vocabulary import Job
from employers.recomposition.proof.exact import most_jobs
from employers.recomposition.proof.model import usable
from employers.recomposition.search.grid import Grid, Ints

Jobs = tuple[Job, ...]


@dataclass(frozen=True)
class Islands:
    """The territory, and the same with the hours of one island at a time; the fewest possible jobs first."""

    grid: Grid
    parts: tuple[Grid, ...]
    island_of: Ints  # (n,) rank of the island of each task

    def jobs_of(self, island: int, jobs: Jobs) -> Jobs:
        """The jobs of this island."""
        rank_of = self.grid.rank_of
        return tuple(job for job in jobs if self.island_of[rank_of[job.shares[0].task]] == island)

    def value_of(self, jobs: Jobs) -> int:
        """Value of these jobs together."""
        return sum(job_value(self.grid.territory, job) for job in jobs)

    def best_of_both(self, one: Jobs, other: Jobs) -> Jobs:
        """On each island, the jobs of the plan that is worth more there."""
        best: Jobs = ()
        for island in range(len(self.parts)):
            both = self.jobs_of(island, one), self.jobs_of(island, other)
            best = (*best, *max(both, key=self.value_of))
        return best


def islands_of(grid: Grid) -> Islands:
    """The islands of a territory; two employers near enough for one job, even through a third one, share an island."""
    number, label = connected_components(grid.near)
    parts = [
        grid.with_capacity(np.where((label[grid.site] == one)[:, None], grid.capacity, 0))
        for one in range(number)
    ]
    order = sorted(range(number), key=lambda one: most_jobs(parts[one]))
    rank = np.argsort(np.array(order, dtype=np.int64), kind="stable")
    island_of = rank[label][grid.site] if number else grid.site
    return Islands(grid, tuple(parts[one] for one in order), np.asarray(island_of, dtype=np.int64))


def immediate_ceiling(grid: Grid) -> int:
    """What no plan exceeds: every light hour, the dearest heavy hours under the cap, in each period; all possible jobs."""
    jobs, ranks = most_jobs(grid), usable(grid)
    if not jobs:
        return 0
    weight, is_heavy = np.maximum(0, grid.weight[ranks]), grid.heavy[ranks]
    total = 0.0
    for hours in grid.capacity[ranks].T:
        total += float((hours * weight)[~is_heavy].sum())
        allowed = int(grid.heavy_ratio * hours[~is_heavy].sum() + 1e-6)
        for rank in np.argsort(-weight, kind="stable"):
            if is_heavy[rank] and allowed > 0:
                taken = min(allowed, int(hours[rank]))
                total += taken * float(weight[rank])
                allowed -= taken
    return int(total) + VALUE_OF_A_JOB * jobs
