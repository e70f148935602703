"""Mixes of kinds of jobs prove the same best plan as one model whose slots are all alike."""

from __future__ import annotations

from dataclasses import replace

import pytest

from employers.recomposition.facts.measures import job_value
from employers.recomposition.facts.vocabulary import Choices
from employers.recomposition.invented.generator import invent_territory
from employers.recomposition.proof.exact import best_plan, most_jobs, plans
from employers.recomposition.proof.kinds import Kinds
from employers.recomposition.proof.linear import LinearModel
from employers.recomposition.proof.model import add_job, nothing_paid, usable
from employers.recomposition.rules.checker import check_plan
from employers.recomposition.search.grid import Grid, grid_of


def value_of(territory, jobs) -> int:
    return sum(job_value(territory, job) for job in jobs or ())


def best_value_with_slots_alike(grid: Grid) -> int:
    """What a solver finds when each possible job is a slot that may hold any task: slow, and written apart."""
    model, tasks = LinearModel(), usable(grid)
    slots = [add_job(model, grid, tasks, nothing_paid(grid)) for _ in range(most_jobs(grid))]
    for rank in tasks:
        for period, most in enumerate(grid.capacity[rank]):
            model.row([(slot.hours[rank][period], 1.0) for slot in slots], most=float(most))
    answer = model.solve({"mip_rel_gap": 0.0})
    assert answer.proved
    return round(answer.value)


@pytest.mark.parametrize(
    ("employers", "tasks", "seed"), [(1, 15, 2), (1, 28, 1), (2, 12, 1), (2, 16, 7), (3, 22, 1)]
)
def test_the_best_plan_is_the_one_that_slots_alike_find(employers, tasks, seed):
    territory = invent_territory(employers=employers, tasks=tasks, seed=seed)
    grid = grid_of(territory)
    found = best_plan(grid, known_value=0)
    best = value_of(territory, found.jobs)
    assert (best, found.ceiling, found.proved) == (best_value_with_slots_alike(grid), best, True)
    assert best > 0
    nothing_better = best_plan(grid, known_value=best)
    assert (nothing_better.jobs, nothing_better.proved) == (None, True)


def test_each_step_gives_a_plan_that_stands_under_a_ceiling_that_only_goes_down():
    territory = invent_territory(employers=3, tasks=24, seed=1)
    steps = list(plans(grid_of(territory), known_value=0))
    found = [step.jobs for step in steps if step.jobs]
    assert len(found) > 0
    assert all(not check_plan(territory, jobs) for jobs in found)
    values = [value_of(territory, jobs) for jobs in found]
    assert values == sorted(values)
    ceilings = [step.ceiling for step in steps]
    assert ceilings == sorted(ceilings, reverse=True)
    assert (steps[-1].proved, steps[-1].ceiling) == (True, values[-1])
    assert [step.proved for step in steps[:-1]] == [False] * (len(steps) - 1)


def test_a_limit_leaves_an_honest_ceiling_and_no_proof():
    territory = invent_territory(employers=3, tasks=36, seed=1)
    grid = grid_of(territory)
    hurried, whole = best_plan(grid, known_value=0, node_limit=0), best_plan(grid, known_value=10_578)
    assert value_of(territory, whole.jobs) == 10_579
    assert not hurried.proved
    assert hurried.ceiling >= 10_579


def test_what_the_kinds_cannot_exceed_is_above_the_best_plan_and_closer_once_jobs_are_counted():
    territory = invent_territory(employers=3, tasks=24, seed=1)
    grid = grid_of(territory)
    jobs = best_plan(grid, known_value=0).jobs
    most = most_jobs(grid)
    kinds = Kinds(grid, most)
    groups = [tuple(sorted({int(grid.site[grid.rank_of[task]]) for task in job.tasks})) for job in jobs]
    counts = tuple(groups.count(group) for group in kinds.groups)
    loose, _ = kinds.ask((0,) * len(counts), (most,) * len(counts))
    close, reached = kinds.ask(counts, counts)
    assert value_of(territory, jobs) <= close < loose
    assert reached == pytest.approx(counts)


def test_tasks_kept_apart_never_meet_in_a_job():
    territory = invent_territory(employers=1, tasks=15, seed=2)
    free = best_plan(grid_of(territory), known_value=0)
    one, other, *_ = [share.task for share in free.jobs[0].shares]
    choices = Choices(apart=frozenset({frozenset({one, other})}))
    kept = best_plan(grid_of(territory, choices), known_value=0)
    assert kept.proved
    assert kept.ceiling <= free.ceiling
    assert not [job for job in kept.jobs or () if {one, other} <= job.tasks]


def crumbs() -> Grid:
    """Hours enough for jobs, in tasks too small to be a line of any."""
    territory = invent_territory(employers=3, tasks=200, seed=2)
    small = [
        replace(task, half_hours=tuple(hours // 5 for hours in task.half_hours)) for task in territory.tasks
    ]
    return grid_of(replace(territory, tasks=tuple(task for task in small if sum(task.half_hours) < 12)))


@pytest.mark.parametrize("grid", [grid_of(invent_territory(employers=1, tasks=2, seed=1)), crumbs()])
def test_a_territory_without_hours_for_a_job_is_settled_at_once(grid):
    assert grid.capacity.sum() > 0
    assert most_jobs(grid) == 0
    (only,) = plans(grid, known_value=0)
    assert (only.jobs, only.ceiling, only.proved) == (None, 0.0, True)
