"""Kinds of jobs prove the same plans as slots of jobs, and sooner."""

from __future__ import annotations

import pytest

from employers.recomposition.checker import check_plan
from employers.recomposition.exact import best_plan, most_jobs
from employers.recomposition.generator import invent_territory
from employers.recomposition.grid import grid_of
from employers.recomposition.kinds import plans_by_kinds
from employers.recomposition.measures import job_value
from employers.recomposition.vocabulary import Choices


def value_of(territory, jobs) -> int:
    return sum(job_value(territory, job) for job in jobs or ())


@pytest.mark.parametrize(
    ("employers", "tasks", "seed"), [(1, 15, 2), (1, 15, 5), (1, 28, 1), (2, 12, 1), (2, 16, 7)]
)
def test_both_models_agree_on_the_best_plan(employers, tasks, seed):
    territory = invent_territory(employers=employers, tasks=tasks, seed=seed)
    grid = grid_of(territory)
    slots = best_plan(grid, known_value=0)
    *_, kinds = plans_by_kinds(grid, known_value=0)
    assert (slots.proved, kinds.proved) == (True, True)
    best = value_of(territory, slots.jobs)
    assert best > 0
    assert int(kinds.ceiling + 1e-6) == best
    *_, nothing_better = plans_by_kinds(grid, known_value=best)
    assert nothing_better.jobs is None


def test_every_finding_is_a_plan_that_stands_under_a_ceiling_that_only_goes_down():
    territory = invent_territory(employers=1, tasks=28, seed=1)
    grid = grid_of(territory)
    assert most_jobs(grid) > 1
    findings = list(plans_by_kinds(grid, known_value=0))
    assert findings[-1].proved
    for finding in findings:
        assert not check_plan(territory, finding.jobs or ())
        assert value_of(territory, finding.jobs) <= findings[-1].ceiling + 1e-6
    assert [finding.ceiling for finding in findings] == sorted(
        (finding.ceiling for finding in findings), reverse=True
    )


def test_tasks_kept_apart_never_meet_in_a_job():
    territory = invent_territory(employers=1, tasks=15, seed=2)
    *_, free = plans_by_kinds(grid_of(territory), known_value=0)
    one, other, *_ = [share.task for share in free.jobs[0].shares]
    choices = Choices(apart=frozenset({frozenset({one, other})}))
    *_, kept = plans_by_kinds(grid_of(territory, choices), known_value=0)
    assert kept.proved
    assert kept.ceiling <= free.ceiling
    assert not [job for job in kept.jobs or () if {one, other} <= {share.task for share in job.shares}]


def test_a_territory_without_hours_for_a_job_is_settled_at_once():
    grid = grid_of(invent_territory(employers=1, tasks=2, seed=1))
    assert most_jobs(grid) == 0
    (only,) = plans_by_kinds(grid, known_value=0)
    assert (only.jobs, only.ceiling, only.proved) == (None, 0.0, True)
