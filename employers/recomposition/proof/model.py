"""The rules of one job written as linear rows: the exact solver, the bounds and the explanations all use these.

A job of a fixed set of candidate tasks has, per task, a yes/no « in the job » and half-hours in each period; per
employer and per family a yes/no « present »; one yes/no « late day »; and a yes/no per group of like people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from employers.recomposition.facts.measures import COST_OF_ANOTHER_EMPLOYER, VALUE_OF_A_JOB
from employers.recomposition.facts.vocabulary import DAYPARTS, Job, TaskShare
from employers.recomposition.proof.linear import LinearModel, Terms
from employers.recomposition.rules.job import EARLY_DAY, LATE_DAY, daypart_sets, room
from employers.recomposition.search.grid import Floats, Grid, Ints


@dataclass
class JobRows:
    """Where the variables of one job sit in a linear model."""

    tasks: list[int]  # ranks of the candidate tasks
    open: int
    present: dict[int, int] = field(default_factory=dict)  # task rank -> variable
    hours: dict[int, list[int]] = field(default_factory=dict)  # task rank -> one variable per period
    sites: dict[int, int] = field(default_factory=dict)  # employer rank -> variable
    late: int = 0

    def period(self, period: int, ranks: Sequence[int] | None = None, factor: float = 1.0) -> Terms:
        """Half-hours of these tasks (all by default) in one period."""
        return [(self.hours[rank][period], factor) for rank in (self.tasks if ranks is None else ranks)]

    def job(self, grid: Grid, x: Floats) -> Job:
        """The job that a solution describes."""
        found = []
        for rank in self.tasks:
            given = tuple(round(float(x[variable])) for variable in self.hours[rank])
            if any(given):
                found.append(TaskShare(grid.territory.tasks[rank].id, given))
        return Job(tuple(found))


def add_job(
    model: LinearModel, grid: Grid, tasks: Sequence[int], price: Floats, *, people: bool = True
) -> JobRows:
    """Write one job that may or may not open; its gain is its value less the price of its hours."""
    gain = VALUE_OF_A_JOB + COST_OF_ANOTHER_EMPLOYER
    job = JobRows(list(tasks), model.variable(1, gain=gain))
    _hours_rows(model, grid, job, price)
    _total_rows(model, grid, job)
    _sites_rows(model, grid, job)
    _variety_rows(model, grid, job)
    _windows_rows(model, grid, job)
    if people and grid.territory.parameters.min_people:
        _people_rows(model, grid, job)
    return job


def _hours_rows(model: LinearModel, grid: Grid, job: JobRows, price: Floats) -> None:
    for rank in job.tasks:
        capacity = np.minimum(grid.capacity[rank], grid.max_total)
        present = job.present[rank] = model.variable(1)
        gains = grid.weight[rank] - price[rank]
        job.hours[rank] = [
            model.variable(int(most), gain=float(gain)) for most, gain in zip(capacity, gains, strict=True)
        ]
        for variable, most in zip(job.hours[rank], capacity, strict=True):
            if most:
                model.row([(variable, 1.0), (present, -float(most))], most=0.0)
        model.row([(one, 1.0) for one in job.hours[rank]] + [(present, -float(grid.least_share))], least=0.0)
        model.row([(present, 1.0), (job.open, -1.0)], most=0.0)
    lines = grid.territory.parameters.max_tasks
    model.row([(one, 1.0) for one in job.present.values()] + [(job.open, -float(lines))], most=0.0)


def _total_rows(model: LinearModel, grid: Grid, job: JobRows) -> None:
    cap = grid.territory.parameters.heavy_cap
    skilled: Terms = []
    for period in range(grid.periods):
        model.row([*job.period(period), (job.open, -float(grid.min_total))], least=0.0)
        model.row([*job.period(period), (job.open, -float(grid.max_total))], most=0.0)
        shares = [(job.hours[rank][period], float(grid.heavy[rank]) - cap) for rank in job.tasks]
        if any(grid.heavy[rank] for rank in job.tasks):
            model.row(shares, most=0.0)
        skilled += [
            (job.hours[rank][period], float(grid.skill[rank]) - grid.skill_floor) for rank in job.tasks
        ]
    model.row(skilled, least=0.0)


def _sites_rows(model: LinearModel, grid: Grid, job: JobRows) -> None:
    for site in sorted({int(grid.site[rank]) for rank in job.tasks}):
        job.sites[site] = model.variable(1, gain=-float(COST_OF_ANOTHER_EMPLOYER))
    for rank in job.tasks:
        model.row([(job.present[rank], 1.0), (job.sites[int(grid.site[rank])], -1.0)], most=0.0)
    for site, used in job.sites.items():
        here = [(job.present[rank], 1.0) for rank in job.tasks if grid.site[rank] == site]
        model.row([*here, (used, -1.0)], least=0.0)
    most = grid.territory.parameters.max_employers
    if len(job.sites) > most:
        model.row([(one, 1.0) for one in job.sites.values()] + [(job.open, -float(most))], most=0.0)
    model.row([(one, 1.0) for one in job.sites.values()] + [(job.open, -1.0)], least=0.0)
    for one, other in combinations(job.sites, 2):
        if not grid.near[one, other]:
            model.row([(job.sites[one], 1.0), (job.sites[other], 1.0)], most=1.0)
    for one, other in _tasks_apart(grid, job):
        model.row([(job.present[one], 1.0), (job.present[other], 1.0)], most=1.0)


def _tasks_apart(grid: Grid, job: JobRows) -> list[tuple[int, int]]:
    if not grid.choices.apart:
        return []
    name = {rank: grid.territory.tasks[rank].id for rank in job.tasks}
    pairs = combinations(job.tasks, 2)
    return [(one, other) for one, other in pairs if frozenset((name[one], name[other])) in grid.choices.apart]


def _variety_rows(model: LinearModel, grid: Grid, job: JobRows) -> None:
    least = grid.territory.parameters.min_families
    if least < 2:
        return
    families: dict[int, Terms] = {}
    for rank in job.tasks:
        families.setdefault(int(grid.family[rank]), []).append((job.present[rank], 1.0))
    seen = []
    for terms in families.values():
        seen.append(model.variable(1))
        model.row([*terms, (seen[-1], -1.0)], least=0.0)
    model.row([(one, 1.0) for one in seen] + [(job.open, -float(least))], least=0.0)


def _windows_rows(model: LinearModel, grid: Grid, job: JobRows) -> None:
    """Room for the hours in each set of parts of the day, which depends on whether the day is early or late."""
    job.late = model.variable(1)
    windows = {rank: grid.territory.tasks[rank].dayparts for rank in job.tasks}
    for parts in daypart_sets(frozenset(DAYPARTS)):
        inside = [rank for rank in job.tasks if windows[rank] <= parts]
        early, late = room(parts & EARLY_DAY), room(parts & LATE_DAY)
        for period in range(grid.periods):
            most = sum(min(int(grid.capacity[rank][period]), grid.max_total) for rank in inside)
            if min(most, grid.max_total) > min(early, late):
                model.row([*job.period(period, inside), (job.late, float(early - late))], most=float(early))
    for rank, window in windows.items():
        if not window & EARLY_DAY:
            model.row([(job.present[rank], 1.0), (job.late, -1.0)], most=0.0)
        if not window & LATE_DAY:
            model.row([(job.present[rank], 1.0), (job.late, 1.0)], most=1.0)


def _people_rows(model: LinearModel, grid: Grid, job: JobRows) -> None:
    """Somebody counts only if no task of the job is beyond them; people alike on these tasks are one variable."""
    alike = Counter(
        tuple(rank for rank in job.tasks if not _can(grid, rank, person))
        for person in range(len(grid.territory.people))
    )
    lines, found = grid.territory.parameters.max_tasks, []
    for beyond, count in sorted(alike.items()):
        counted = model.variable(1)
        found.append((counted, float(count)))
        if beyond:
            model.row(
                [(job.present[rank], 1.0) for rank in beyond] + [(counted, float(lines))], most=float(lines)
            )
    model.row([*found, (job.open, -float(grid.territory.parameters.min_people))], least=0.0)


def _can(grid: Grid, rank: int, person: int) -> bool:
    return bool(grid.territory.able_for[grid.territory.tasks[rank].id] >> person & 1)


def share_hours(model: LinearModel, grid: Grid, takers: Sequence[Mapping[int, list[int]]]) -> None:
    """No task gives more hours than it has, all takers together; each has one variable per period and task rank."""
    for rank, capacity in enumerate(grid.capacity):
        for period, most in enumerate(capacity):
            shared = [(hours[rank][period], 1.0) for hours in takers if rank in hours]
            if len(shared) > 1:
                model.row(shared, most=float(most))


def nothing_paid(grid: Grid) -> Floats:
    """Hours at no price."""
    return np.zeros(grid.capacity.shape)


def usable(grid: Grid, sites: Sequence[int] | None = None) -> list[int]:
    """Tasks with enough hours left for a line of a job, at these employers (all by default)."""
    enough = np.flatnonzero(grid.capacity.sum(axis=1) >= grid.least_share)
    ranks: Ints = enough if sites is None else enough[np.isin(grid.site[enough], sites)]
    return [int(rank) for rank in ranks]
