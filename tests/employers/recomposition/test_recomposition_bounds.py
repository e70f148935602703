"""Ceilings are never below the best plan, and only go down."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from employers.recomposition.bounds import Ceiling, _groups, simple_ceiling
from employers.recomposition.engine import Limits, recompose
from employers.recomposition.exact import best_plan, most_jobs
from employers.recomposition.generator import invent_territory
from employers.recomposition.grid import grid_of
from employers.recomposition.measures import job_value


@pytest.mark.parametrize("seed", range(4))
def test_no_proved_plan_is_above_any_ceiling(seed: int) -> None:
    territory = invent_territory(employers=2, seed=seed, tasks=10)
    grid = grid_of(territory)
    best = best_plan(grid, known_value=0)
    assert best.proved
    value = sum(job_value(territory, job) for job in best.jobs or ())
    ceilings = list(Ceiling(grid, np.random.default_rng(1), lambda: False, {}).rounds(most=3))
    assert ceilings[0] == simple_ceiling(grid)
    assert ceilings == sorted(ceilings, reverse=True)
    assert value <= ceilings[-1]
    assert len(best.jobs or ()) <= most_jobs(grid)


def test_prices_lower_the_ceiling_of_a_territory() -> None:
    territory = invent_territory(employers=4, seed=3, tasks=20)
    grid = grid_of(territory)
    *_, last = Ceiling(grid, np.random.default_rng(1), lambda: False, {}).rounds(most=25)
    plan = recompose(territory, limits=Limits(iterations=4))
    assert plan.value <= last < simple_ceiling(grid)


def test_groups_hold_every_set_of_employers_that_a_job_may_share() -> None:
    grid = grid_of(invent_territory(employers=9, seed=2))
    groups = [set(group) for group in _groups(grid)]
    sites = range(len(grid.near))
    for size in (1, 2, 3):
        for wanted in combinations(sites, size):
            if all(grid.near[pair] for pair in combinations(wanted, 2)):
                assert any(set(wanted) <= group for group in groups)
