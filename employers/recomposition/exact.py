"""The whole plan of a few employers as one model, solved to the proof by HiGHS.

Each possible job is a slot of the model; slots are alike, so they open in order, which spares the solver
the same plan with its empty slots elsewhere. Only plans worth more than the one already known are looked for: when there is
none, the known plan is proved the best.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from .grid import Grid
from .linear import LinearModel
from .model import JobRows, add_job, nothing_paid, usable
from .vocabulary import Job

EXACT_EMPLOYERS = 3


@dataclass(frozen=True)
class Proof:
    """Jobs worth more than the known plan (None when none was found), and a ceiling on any plan's value."""

    jobs: tuple[Job, ...] | None
    ceiling: float
    proved: bool


def most_jobs(grid: Grid) -> int:
    """How many jobs the hours left could make at the very most, looking at the poorest period."""
    if not grid.capacity.size:
        return 0
    light = np.where(grid.heavy[:, None], 0, grid.capacity).sum(axis=0)
    heavy = np.where(grid.heavy[:, None], grid.capacity, 0).sum(axis=0)
    counted = light + np.minimum(heavy, np.floor(grid.heavy_ratio * light + 1e-6))
    return int(min(counted.min() // grid.min_total, light.min() // max(1, grid.min_light)))


def best_plan(grid: Grid, *, known_value: int, floor_half_hours: int = 0, **limits: float) -> Proof:
    """The best plan worth more than `known_value` and covering at least `floor_half_hours` over all periods."""
    tasks, slots = usable(grid), most_jobs(grid)
    if not slots or not tasks:
        return Proof(None, 0.0, proved=True)
    model = LinearModel()
    jobs = [add_job(model, grid, tasks, nothing_paid(grid)) for _ in range(slots)]
    _share_hours(model, grid, jobs, tasks)
    _order_slots(model, jobs)
    for job in jobs:
        _exclude_refused(model, grid, job)
    everything = [(variable, gain) for variable, gain in enumerate(model.gains) if gain]
    model.row(everything, least=known_value + 0.5)
    model.row(
        [term for job in jobs for period in range(grid.periods) for term in job.period(period)],
        least=floor_half_hours,
    )
    answer = model.solve(limits)
    if answer.impossible:
        return Proof(None, float(known_value), proved=True)
    found = (
        None
        if answer.x is None
        else tuple(one for one in (job.job(grid, answer.x) for job in jobs) if one.shares)
    )
    return Proof(found, answer.ceiling, answer.proved)


def best_job(
    grid: Grid, sites: Sequence[int] | None = None, *, containing: int | None = None, **limits: float
) -> Job | None:
    """The best single job in the hours left, at these employers, with a given task in it if asked; None if there is none."""
    model = LinearModel()
    tasks = usable(grid, sites)
    if not tasks or (containing is not None and containing not in tasks):
        return None
    rows = add_job(model, grid, tasks, nothing_paid(grid))
    model.lowest[rows.open] = 1
    if containing is not None:
        model.lowest[rows.present[containing]] = 1
    _exclude_refused(model, grid, rows)
    answer = model.solve(limits)
    return None if answer.x is None else rows.job(grid, answer.x)


def _share_hours(model: LinearModel, grid: Grid, jobs: list[JobRows], tasks: list[int]) -> None:
    if len(jobs) < 2:
        return
    for rank in tasks:
        for period in range(grid.periods):
            model.row(
                [(job.hours[rank][period], 1.0) for job in jobs], most=float(grid.capacity[rank, period])
            )


def _order_slots(model: LinearModel, jobs: list[JobRows]) -> None:
    """Slots open in order: the solver is spared the same plan with its empty slots elsewhere."""
    for one, following in pairwise(jobs):
        model.row([(one.open, 1.0), (following.open, -1.0)], least=0.0)


def _exclude_refused(model: LinearModel, grid: Grid, job: JobRows) -> None:
    """A set of tasks already refused is not proposed again."""
    name = {rank: grid.territory.tasks[rank].id for rank in job.tasks}
    for refused in sorted(grid.choices.refused, key=sorted):
        if refused <= set(name.values()):
            terms = [(job.present[rank], 1.0 if name[rank] in refused else -1.0) for rank in job.tasks]
            model.row(terms, most=float(len(refused) - 1))
