"""The whole plan of a few employers, kind of job by kind of job, solved to the proof by HiGHS.

A kind is a set of employers and a day, early or late: among three employers there are fourteen. Slots that are all
alike make a solver prove the same thing once per order of the slots; kinds are all different. The jobs of one kind are
added up: their number is whole, and together they obey every rule of one job times their number. A plan with at
most one job of each kind is thus described exactly, and any other plan is still a solution: what this model
cannot exceed, no plan exceeds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

import numpy as np

from .exact import Proof, best_plan, most_jobs
from .grid import Grid
from .linear import Answer, LinearModel, Terms
from .measures import COST_OF_ANOTHER_EMPLOYER, VALUE_OF_A_JOB, job_value
from .rules import EARLY_DAY, LATE_DAY, daypart_sets, room
from .vocabulary import Job, TaskShare

SPLIT_SECONDS = 5.0  # to share the hours of one kind between its few jobs
Key = tuple[frozenset[str], tuple[int, ...]]


def plans_by_kinds(grid: Grid, *, known_value: int, **limits: float) -> Iterator[Proof]:
    """Better and better plans with what no plan exceeds; the last one says `proved` unless a limit stopped it.

    `limits` are those of one question to the solver. Where the hours of a kind cannot be shared out between its
    jobs, the next question tells these jobs apart. Sets of tasks already refused are not looked at: the caller checks
    what it receives.
    """
    told_apart: Counter[Key] = Counter()
    while True:
        answer, kinds = _ask(grid, known_value, told_apart, limits)
        if answer is None or answer.impossible:
            yield Proof(None, float(known_value), proved=True)
            return
        if answer.x is None:
            yield Proof(None, answer.ceiling, proved=False)
            return
        jobs = tuple(job for kind in kinds for job in kind.found(grid, answer.x))
        value = sum(job_value(grid.territory, job) for job in jobs)
        is_whole = value >= answer.value - 0.5
        yield Proof(jobs, answer.ceiling, proved=answer.proved and is_whole)
        if is_whole or not answer.proved:
            return
        known_value = max(known_value, value)
        told_apart.update(kind.key for kind in kinds if round(float(answer.x[kind.jobs])) > 1)


def _ask(
    grid: Grid, known_value: int, told_apart: Counter[Key], limits: Mapping[str, float]
) -> tuple[Answer | None, list[_Kind]]:
    """The best plan worth more than the known one, as the model sees it; None without hours for any job."""
    most = most_jobs(grid)
    if not most:
        return None, []
    model = LinearModel()
    kinds = [kind for key in _kinds(grid) for kind in _add_kinds(model, grid, key, most, told_apart[key])]
    model.row([(kind.jobs, 1.0) for kind in kinds], most=float(most))
    _share_hours(model, grid, kinds)
    everything = [(variable, gain) for variable, gain in enumerate(model.gains) if gain]
    model.row(everything, least=known_value + 0.5)
    return model.solve({"mip_rel_gap": 0.0, **limits}), kinds


def _kinds(grid: Grid) -> Iterator[Key]:
    sites = sorted({int(site) for site in grid.site})
    for day in (EARLY_DAY, LATE_DAY):
        for size in range(1, grid.territory.parameters.max_employers + 1):
            for group in combinations(sites, size):
                if all(grid.near[one, other] for one, other in combinations(group, 2)):
                    yield day, group


def _add_kinds(model: LinearModel, grid: Grid, key: Key, most: int, apart: int) -> list[_Kind]:
    """Jobs told apart, which open in order, then all the others of the kind added up."""
    kinds = [_add_kind(model, grid, key, 1) for _ in range(apart)]
    kinds.append(_add_kind(model, grid, key, most))
    for one, following in pairwise(kinds):
        model.row([(one.jobs, float(most)), (following.jobs, -1.0)], least=0.0)
    return kinds


@dataclass
class _Kind:
    """Where the variables of the jobs of one kind sit: how many, then half-hours and lines by task rank."""

    key: Key
    jobs: int
    hours: dict[int, list[int]]
    lines: dict[int, int]

    def period(self, period: int, ranks: list[int] | None = None) -> Terms:
        """Half-hours of these tasks (all by default) in one period."""
        return [(self.hours[rank][period], 1.0) for rank in (self.hours if ranks is None else ranks)]

    def found(self, grid: Grid, x: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> tuple[Job, ...]:
        """The jobs of this kind in a solution; several are told apart by the model of slots."""
        given = {
            rank: tuple(round(float(x[variable])) for variable in hours) for rank, hours in self.hours.items()
        }
        shares = tuple(
            TaskShare(grid.territory.tasks[rank].id, hours) for rank, hours in given.items() if any(hours)
        )
        if round(float(x[self.jobs])) < 2:
            return (Job(shares),) if shares else ()
        capacity = np.zeros_like(grid.capacity)
        for rank, hours in given.items():
            capacity[rank] = hours
        shared = best_plan(replace(grid, capacity=capacity), known_value=0, time_limit=SPLIT_SECONDS)
        return shared.jobs or ()


def _add_kind(model: LinearModel, grid: Grid, key: Key, most: int) -> _Kind:
    day, sites = key
    tasks = [
        rank
        for rank in range(len(grid.site))
        if grid.site[rank] in sites
        and grid.territory.tasks[rank].dayparts & day
        and grid.capacity[rank].sum() >= grid.least_share
    ]
    gain = VALUE_OF_A_JOB - COST_OF_ANOTHER_EMPLOYER * (len(sites) - 1)
    kind = _Kind(key, model.variable(float(most), gain=float(gain)), {}, {})
    for rank in tasks:
        kind.hours[rank] = [
            model.variable(float(hours), gain=float(grid.weight[rank])) for hours in grid.capacity[rank]
        ]
        kind.lines[rank] = model.variable(float(most))
    _line_rows(model, grid, kind, sites)
    _hours_rows(model, grid, kind)
    _variety_rows(model, grid, kind, most)
    _room_rows(model, grid, kind, day)
    _people_rows(model, grid, kind, most)
    return kind


def _line_rows(model: LinearModel, grid: Grid, kind: _Kind, sites: tuple[int, ...]) -> None:
    """Hours only on the lines of a job, so many lines a job, at least one at each of its employers."""
    for rank, line in kind.lines.items():
        for variable, hours in zip(kind.hours[rank], grid.capacity[rank], strict=True):
            if hours:
                model.row([(variable, 1.0), (line, -float(min(hours, grid.max_total)))], most=0.0)
        model.row([*((one, 1.0) for one in kind.hours[rank]), (line, -float(grid.least_share))], least=0.0)
        model.row([(line, 1.0), (kind.jobs, -1.0)], most=0.0)
    lines = [(line, 1.0) for line in kind.lines.values()]
    model.row([*lines, (kind.jobs, -float(grid.territory.parameters.max_tasks))], most=0.0)
    for site in sites:
        here = [(line, 1.0) for rank, line in kind.lines.items() if grid.site[rank] == site]
        model.row([*here, (kind.jobs, -1.0)], least=0.0)
    name = {rank: grid.territory.tasks[rank].id for rank in kind.lines}
    for one, other in combinations(kind.lines, 2):
        if frozenset((name[one], name[other])) in grid.choices.apart:
            model.row([(kind.lines[one], 1.0), (kind.lines[other], 1.0), (kind.jobs, -1.0)], most=0.0)


def _hours_rows(model: LinearModel, grid: Grid, kind: _Kind) -> None:
    """Weekly hours and the cap on heavy ones in each period, the floor on skill over all of them."""
    cap, skilled = grid.territory.parameters.heavy_cap, Terms()
    for period in range(grid.periods):
        model.row([*kind.period(period), (kind.jobs, -float(grid.min_total))], least=0.0)
        model.row([*kind.period(period), (kind.jobs, -float(grid.max_total))], most=0.0)
        heavy = [(kind.hours[rank][period], float(grid.heavy[rank]) - cap) for rank in kind.hours]
        model.row(heavy, most=0.0)
        skilled += [
            (kind.hours[rank][period], float(grid.skill[rank]) - grid.skill_floor) for rank in kind.hours
        ]
    model.row(skilled, least=0.0)


def _variety_rows(model: LinearModel, grid: Grid, kind: _Kind, most: int) -> None:
    least = grid.territory.parameters.min_families
    if least < 2:
        return
    families: dict[int, Terms] = {}
    for rank, line in kind.lines.items():
        families.setdefault(int(grid.family[rank]), []).append((line, 1.0))
    seen = [model.variable(float(most), whole=False) for _ in families]
    for family, lines in zip(seen, families.values(), strict=True):
        model.row([(family, 1.0), (kind.jobs, -1.0)], most=0.0)
        model.row([*lines, (family, -1.0)], least=0.0)
    model.row([*((family, 1.0) for family in seen), (kind.jobs, -float(least))], least=0.0)


def _room_rows(model: LinearModel, grid: Grid, kind: _Kind, day: frozenset[str]) -> None:
    windows = {rank: grid.territory.tasks[rank].dayparts & day for rank in kind.hours}
    for parts in daypart_sets(day):
        inside = [rank for rank, window in windows.items() if window <= parts]
        for period in range(grid.periods):
            if int(grid.capacity[inside, period].sum()) > room(parts):
                model.row([*kind.period(period, inside), (kind.jobs, -float(room(parts)))], most=0.0)


def _people_rows(model: LinearModel, grid: Grid, kind: _Kind, most: int) -> None:
    """Enough people for each job; people alike on these tasks are counted together."""
    rules, territory = grid.territory.parameters, grid.territory
    if not rules.min_people:
        return
    alike = Counter(
        tuple(rank for rank in kind.lines if not territory.able_for[territory.tasks[rank].id] >> person & 1)
        for person in range(len(territory.people))
    )
    found: Terms = []
    for beyond, count in sorted(alike.items()):
        able = model.variable(float(most))  # in how many jobs of this kind these people may be counted
        found.append((able, float(count)))
        model.row([(able, 1.0), (kind.jobs, -1.0)], most=0.0)
        lines = float(rules.max_tasks)
        model.row(
            [*((kind.lines[rank], 1.0) for rank in beyond), (able, lines), (kind.jobs, -lines)], most=0.0
        )
    model.row([*found, (kind.jobs, -float(rules.min_people))], least=0.0)


def _share_hours(model: LinearModel, grid: Grid, kinds: list[_Kind]) -> None:
    for rank, capacity in enumerate(grid.capacity):
        for period in range(grid.periods):
            shared = [(kind.hours[rank][period], 1.0) for kind in kinds if rank in kind.hours]
            if len(shared) > 1:
                model.row(shared, most=float(capacity[period]))
