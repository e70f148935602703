"""Islands are smaller questions whose answers add up; ceilings are never below the best plan."""

from __future__ import annotations

import numpy as np
import pytest

from employers.recomposition.engine import Limits, recompose
from employers.recomposition.facts.measures import job_value
from employers.recomposition.facts.territory import Territory
from employers.recomposition.facts.vocabulary import Choices, Plan
from employers.recomposition.invented.generator import invent_territory
from employers.recomposition.proof.exact import best_plan, most_jobs
from employers.recomposition.proof.islands import immediate_ceiling, islands_of
from employers.recomposition.rules.checker import check_plan
from employers.recomposition.search.grid import free_grid, grid_of
from employers.recomposition.search.packing import Pool, best_packing


def two_valleys() -> Territory:
    """Two territories put side by side, a hundred kilometres apart."""
    territory = invent_territory(employers=4, tasks=40, seed=2)
    east = {site.id for site in territory.employers[2:]}
    moved = tuple(
        type(site)(site.id, site.name, site.x_km + 100 * (site.id in east), site.y_km)
        for site in territory.employers
    )
    people = territory.people + tuple(
        type(one)(f"{one.id}-est", one.x_km + 100, one.y_km, one.radius_km, one.dayparts, one.levels)
        for one in territory.people
    )
    return Territory(territory.periods, moved, territory.tasks, people, territory.parameters)


@pytest.mark.parametrize("seed", range(4))
def test_no_proved_plan_is_above_the_immediate_ceiling(seed: int) -> None:
    territory = invent_territory(employers=2, seed=seed, tasks=14)
    grid = grid_of(territory)
    best = best_plan(grid, known_value=0)
    assert best.proved
    value = sum(job_value(territory, job) for job in best.jobs or ())
    assert value <= immediate_ceiling(grid)
    assert len(best.jobs or ()) <= most_jobs(grid)


def test_every_task_is_on_one_island_and_no_job_could_join_two() -> None:
    grid = grid_of(two_valleys())
    islands = islands_of(grid)
    assert len(islands.parts) >= 2
    assert (np.sum([part.capacity for part in islands.parts], axis=0) == grid.capacity).all()
    for one in range(len(grid.site)):
        for other in range(len(grid.site)):
            if islands.island_of[one] != islands.island_of[other]:
                assert not grid.near[grid.site[one], grid.site[other]]
    jobs = [most_jobs(part) for part in islands.parts]
    assert jobs == sorted(jobs)


def test_islands_are_proved_apart_and_their_plans_add_up() -> None:
    territory = two_valleys()
    islands = islands_of(grid_of(territory))
    apart = [best_plan(part, known_value=0) for part in islands.parts]
    together = recompose(territory, limits=Limits(seconds=60))
    assert (together.status, together.value) == ("optimal", sum(int(one.ceiling) for one in apart))
    assert check_plan(territory, together.jobs) == []
    assert len([one for one in apart if one.jobs]) >= 2


def test_the_better_jobs_of_each_island_are_kept() -> None:
    territory = two_valleys()
    islands = islands_of(grid_of(territory))
    plan = recompose(territory, limits=Limits(seconds=60)).jobs
    halves = [islands.jobs_of(island, plan) for island in range(len(islands.parts))]
    filled = [half for half in halves if half]
    assert len(filled) >= 2
    merged = islands.best_of_both(filled[0], filled[1])
    assert sorted(merged, key=repr) == sorted((*filled[0], *filled[1]), key=repr)
    assert islands.best_of_both(merged, ()) == islands.best_of_both((), merged)


def test_hours_that_too_few_people_could_do_do_not_raise_the_ceiling() -> None:
    territory = invent_territory(employers=2, seed=1, tasks=20)
    nobody = Territory(territory.periods, territory.employers, territory.tasks, (), territory.parameters)
    assert immediate_ceiling(free_grid(territory, Choices())) > 0
    assert immediate_ceiling(free_grid(nobody, Choices())) == 0


def test_packing_finds_the_best_plan_among_jobs_seen_in_several_plans() -> None:
    territory = invent_territory(employers=5, seed=6)
    grid = grid_of(territory)
    seen: list[Plan] = []
    for seed in (1, 2, 3):
        recompose(territory, limits=Limits(iterations=3, seed=seed), on_progress=seen.append)
    pool = Pool(grid)
    for plan in seen:
        pool.add(plan.jobs)
    best = max(plan.value for plan in seen)
    packed = best_packing(pool, best - 1, seconds=20)
    assert check_plan(territory, packed) == []
    assert sum(job_value(territory, job) for job in packed) >= best
    assert best_packing(pool, 10 * best, seconds=20) == ()
