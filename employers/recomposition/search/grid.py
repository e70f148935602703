"""A territory as arrays of numbers: the same facts, in the shape that fast searches need."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

import numpy as np
from numpy.typing import NDArray

from employers.recomposition.facts.measures import half_hour_value
from employers.recomposition.facts.territory import Territory, travel_km
from employers.recomposition.facts.vocabulary import DAYPARTS, Choices, Employer
from employers.recomposition.rules.job import exact, max_half_hours, min_half_hours, min_share_half_hours

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Words = NDArray[np.uint64]
UNLIMITED = 1 << 20
WORD = 64


@dataclass(frozen=True)
class Grid:
    """n tasks, P periods, E employers; hours in half-hours a week."""

    territory: Territory
    choices: Choices
    capacity: Ints  # (n, P) half-hours that may still be handed over
    weight: Ints  # (n,) value of a half-hour
    heavy: Bools  # (n,)
    skill: Bools  # (n,)
    site: Ints  # (n,) rank of the employer
    family: Ints  # (n,)
    window: Ints  # (n,) parts of the day as four bits, in the order of DAYPARTS
    able: Words  # (n, ceil(people / 64)) people who could hold the task
    near: Bools  # (E, E) employers that one job may share
    min_total: int
    min_light: int  # half-hours that cannot be heavy in the smallest job
    max_total: int
    least_share: int
    heavy_ratio: float  # heavy half-hours allowed for one that is not
    skill_floor: float

    @property
    def periods(self) -> int:
        """Number of periods in the year."""
        return int(self.capacity.shape[1])

    @property
    def rank_of(self) -> dict[str, int]:
        """Rank of each task by id."""
        return self.territory.rank_of

    def with_capacity(self, capacity: Ints) -> Grid:
        """The same territory with other hours left to hand over."""
        return replace(self, capacity=capacity)


def grid_of(territory: Territory, choices: Choices | None = None) -> Grid:
    """Arrays for a territory, with locked tasks emptied and employers kept apart far from each other."""
    chosen = choices or Choices()
    rules, tasks = territory.parameters, territory.tasks
    employers = {employer.id: rank for rank, employer in enumerate(territory.employers)}
    families = {family: rank for rank, family in enumerate(sorted({task.family for task in tasks}))}
    cap = float(exact(rules.heavy_cap))
    return Grid(
        territory=territory,
        choices=chosen,
        capacity=np.array(
            [(0,) * territory.periods if task.id in chosen.locked else task.half_hours for task in tasks],
            dtype=np.int64,
        ).reshape(len(tasks), territory.periods),
        weight=np.array([half_hour_value(task, rules) for task in tasks], dtype=np.int64),
        heavy=np.array([task.heavy for task in tasks], dtype=bool),
        skill=np.array([task.skill_building for task in tasks], dtype=bool),
        site=np.array([employers[task.employer] for task in tasks], dtype=np.int64),
        family=np.array([families[task.family] for task in tasks], dtype=np.int64),
        window=np.array(
            [sum(1 << DAYPARTS.index(part) for part in task.dayparts) for task in tasks], dtype=np.int64
        ),
        able=_people_words(territory),
        near=_near(territory.employers, rules.max_km, chosen),
        min_total=min_half_hours(rules),
        min_light=ceil((1 - exact(rules.heavy_cap)) * min_half_hours(rules)),
        max_total=max_half_hours(rules),
        least_share=min_share_half_hours(rules, territory.periods),
        heavy_ratio=cap / (1 - cap) if cap < 1 else float(UNLIMITED),
        skill_floor=rules.skill_floor,
    )


def free_grid(territory: Territory, choices: Choices) -> Grid:
    """The territory as arrays, without the hours of the jobs already agreed or of tasks that too few people could do."""
    grid = grid_of(territory, choices)
    enough = np.bitwise_count(grid.able).sum(axis=1) >= territory.parameters.min_people
    capacity = np.where(enough[:, None], grid.capacity, 0)
    for share in (share for job in choices.pinned for share in job.shares):
        rank = grid.rank_of[share.task]
        capacity[rank] = np.maximum(0, capacity[rank] - np.array(share.half_hours, dtype=np.int64))
    return grid.with_capacity(capacity)


def _people_words(territory: Territory) -> Words:
    words = max(1, -(-len(territory.people) // WORD))
    mask = (1 << WORD) - 1
    rows = [[(bits >> (WORD * word)) & mask for word in range(words)] for bits in territory.able_for.values()]
    return np.array(rows, dtype=np.uint64).reshape(len(rows), words)


def _near(employers: tuple[Employer, ...], max_km: float, choices: Choices) -> Bools:
    near = np.ones((len(employers), len(employers)), dtype=bool)
    for rank, one in enumerate(employers):
        for other_rank in range(rank):
            other = employers[other_rank]
            close = (
                travel_km(one, other) <= max_km + 1e-9 and frozenset((one.id, other.id)) not in choices.apart
            )
            near[rank, other_rank] = near[other_rank, rank] = close
    return near
