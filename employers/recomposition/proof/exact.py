"""The whole plan of a few employers, solved to the proof: first how many jobs each set of employers shares, then which.

A mix says how many jobs each kind has (`kinds.py`), and has a ceiling. Mixes are taken from the most to the least
promising; each one is an integer model with a slot per job, handed to HiGHS with one more demand: be worth more than
the best plan known. Once no mix can promise more, that plan is the best. A single model of alike slots would prove
the same thing once for each order of the slots.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from itertools import count
from math import floor

import numpy as np

from employers.recomposition.facts.measures import job_value
from employers.recomposition.facts.vocabulary import Job
from employers.recomposition.proof.kinds import Counts, Group, Kinds
from employers.recomposition.proof.linear import LinearModel
from employers.recomposition.proof.model import JobRows, add_job, nothing_paid, share_hours, usable
from employers.recomposition.search.grid import Grid

EXACT_EMPLOYERS, EXACT_JOBS = 5, 12
PROVED_EMPLOYERS = 3  # up to so many, plans are mostly proved; beyond, it is the ceiling that gains
WHOLE = 1e-6  # closer to a whole number is one


@dataclass(frozen=True)
class Proof:
    """Jobs worth more than the known plan (None when none was found), and a ceiling on any plan's value."""

    jobs: tuple[Job, ...] | None
    ceiling: float
    proved: bool


def most_jobs(grid: Grid) -> int:
    """How many jobs the hours left could make at the very most, looking at the poorest period."""
    ranks = usable(grid)
    if not ranks:
        return 0
    is_heavy, capacity = grid.heavy[ranks, None], grid.capacity[ranks]
    light = np.where(is_heavy, 0, capacity).sum(axis=0)
    heavy = np.where(is_heavy, capacity, 0).sum(axis=0)
    counted = light + np.minimum(heavy, np.floor(grid.heavy_ratio * light + 1e-6))
    return int(min(counted.min() // grid.min_total, light.min() // max(1, grid.min_light)))


def is_small(grid: Grid) -> bool:
    """Whether mixes are few enough to be looked at one after the other: few employers, few jobs."""
    return employers(grid) <= EXACT_EMPLOYERS and most_jobs(grid) <= EXACT_JOBS


def employers(grid: Grid) -> int:
    """How many employers have hours left for a line of a job."""
    return len({int(grid.site[rank]) for rank in usable(grid)})


def best_plan(grid: Grid, *, known_value: int, **limits: float) -> Proof:
    """The best plan worth more than `known_value`, and what is proved of it."""
    jobs = None
    for proof in plans(grid, known_value=known_value, **limits):
        jobs = proof.jobs or jobs
    return replace(proof, jobs=jobs)


def plans(grid: Grid, *, known_value: int, **limits: float) -> Iterator[Proof]:
    """Better and better plans, lower and lower ceilings, one step at a time; the last one says what is proved.

    `limits` are those of HiGHS for one mix (`time_limit` in seconds, `node_limit`).
    """
    most = most_jobs(grid)
    left = _Mixes(Kinds(grid, most), most) if most else None
    unsettled = 0.0  # the highest ceiling of the mixes that a limit left unsolved
    while left is not None and left.ceiling > known_value:
        jobs, promised = None, left.ceiling
        if (mix := left.next_mix()) is not None:
            found = _best_of_mix(grid, left.groups_of(mix), known_value, limits)
            jobs = found.jobs
            if jobs is not None:
                known_value = sum(job_value(grid.territory, job) for job in jobs)
            if not found.proved:
                unsettled = max(unsettled, min(promised, found.ceiling))
        yield Proof(jobs, max(known_value, unsettled, left.ceiling), proved=False)
    yield Proof(None, max(known_value, unsettled), proved=unsettled <= known_value)


@dataclass(order=True, frozen=True)
class _Range:
    """The mixes between two others, with a ceiling on their plans; the highest ceiling comes first."""

    sunk: float  # the ceiling, below zero
    turn: int
    least: Counts = field(compare=False)
    most: Counts = field(compare=False)
    reached: tuple[float, ...] = field(compare=False)


class _Mixes:
    """Every mix not yet looked at, as ranges that are split until one mix is left in each."""

    def __init__(self, kinds: Kinds, most: int) -> None:
        self._kinds, self._turns = kinds, count()
        self._ranges: list[_Range] = []
        self._keep((0,) * len(kinds.groups), (most,) * len(kinds.groups))

    @property
    def ceiling(self) -> int:
        """What no plan of any mix left exceeds; plans are worth whole numbers."""
        return floor(-self._ranges[0].sunk + WHOLE) if self._ranges else 0

    def next_mix(self) -> Counts | None:
        """The most promising range if it is one mix; otherwise it is split and there is none yet."""
        first = heappop(self._ranges)
        if first.least == first.most:
            return first.least
        rank, low, high = _where_to_split(first)
        for one, other in ((first.least[rank], low), (high, first.most[rank])):
            if one <= other:
                self._keep(_with(first.least, rank, one), _with(first.most, rank, other))
        if high - low > 1:
            self._keep(_with(first.least, rank, low + 1), _with(first.most, rank, low + 1))
        return None

    def groups_of(self, mix: Counts) -> list[Group]:
        """One group of employers per job."""
        return [group for group, jobs in zip(self._kinds.groups, mix, strict=True) for _ in range(jobs)]

    def _keep(self, least: Counts, most: Counts) -> None:
        answer = self._kinds.ask(least, most)
        if answer is not None:
            heappush(self._ranges, _Range(-answer[0], next(self._turns), least, most, answer[1]))


def _where_to_split(some: _Range) -> tuple[int, int, int]:
    """A kind, the most jobs of it on one side, the fewest on the other; a whole number stands between them."""
    distance = [abs(jobs - round(jobs)) for jobs in some.reached]
    rank = int(np.argmax(distance))
    if distance[rank] > WHOLE:
        return rank, floor(some.reached[rank]), floor(some.reached[rank]) + 1
    rank = next(rank for rank, low in enumerate(some.least) if low < some.most[rank])
    return rank, round(some.reached[rank]) - 1, round(some.reached[rank]) + 1


def _with(counts: Counts, rank: int, jobs: int) -> Counts:
    return (*counts[:rank], jobs, *counts[rank + 1 :])


def _best_of_mix(grid: Grid, groups: Sequence[Group], known_value: int, limits: dict[str, float]) -> Proof:
    """The best plan with one job per group of employers, if it is worth more than `known_value`."""
    model = LinearModel()
    jobs = [add_job(model, grid, usable(grid, group), nothing_paid(grid)) for group in groups]
    for job in jobs:
        for certain in (job.open, *job.sites.values()):
            model.lowest[certain] = 1
        _exclude_refused(model, grid, job)
    share_hours(model, grid, [job.hours for job in jobs])
    everything = [(variable, gain) for variable, gain in enumerate(model.gains) if gain]
    model.row(everything, least=known_value + 0.5)
    answer = model.solve({"mip_rel_gap": 0.0, **limits})
    if answer.impossible:
        return Proof(None, float(known_value), proved=True)
    found = None if answer.x is None else tuple(job.job(grid, answer.x) for job in jobs)
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


def _exclude_refused(model: LinearModel, grid: Grid, job: JobRows) -> None:
    """A set of tasks already refused is not proposed again."""
    name = {rank: grid.territory.tasks[rank].id for rank in job.tasks}
    for refused in sorted(grid.choices.refused, key=sorted):
        if refused <= set(name.values()):
            terms = [(job.present[rank], 1.0 if name[rank] in refused else -1.0) for rank in job.tasks]
            model.row(terms, most=float(len(refused) - 1))
