"""What must hold on any territory: a hundred and forty-four invented ones, from one to twelve employers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from employers.recomposition.engine import Limits, recompose
from employers.recomposition.explain.fixes import job_with
from employers.recomposition.explain.unused import around, explain_unused, left_over
from employers.recomposition.facts.measures import covered, job_value
from employers.recomposition.facts.territory import Territory
from employers.recomposition.facts.vocabulary import Plan
from employers.recomposition.invented.generator import invent_territory
from employers.recomposition.rules.checker import check_job, check_plan

LIMITS = Limits(iterations=1)
SEEDS = range(12)  # each looser rule once, each number of seasons three times
LOOSER = [{"heavy_cap": 0.5}, {"min_hours": 15.0}, {"max_km": 30.0}, {"min_people": 1}, {"skill_floor": 0.0}]
SIZES = range(1, 13)


def invented(employers: int, seed: int) -> Territory:
    """Few tasks an employer, so that thousands of plans fit in a coffee break; of four, two or six seasons."""
    return invent_territory(
        employers=employers, seed=seed, tasks=3 + 3 * employers, periods=(4, 4, 2, 6)[seed % 4]
    )


def loosened(territory: Territory, seed: int) -> Territory:
    return replace(territory, parameters=replace(territory.parameters, **LOOSER[seed % len(LOOSER)]))


def without_an_unused_task(territory: Territory, plan: Plan) -> Territory:
    taken = {task for job in plan.jobs for task in job.tasks}
    unused = [task.id for task in territory.tasks if task.id not in taken]
    return replace(territory, tasks=tuple(task for task in territory.tasks if task.id not in unused[:1]))


@pytest.mark.parametrize("employers", SIZES)
def test_every_plan_keeps_every_rule_and_every_promise(employers: int) -> None:
    for seed in SEEDS:
        territory = invented(employers, seed)
        plan = recompose(territory, limits=LIMITS)
        assert check_plan(territory, plan.jobs) == []
        assert plan.value == sum(job_value(territory, job) for job in plan.jobs) <= plan.bound
        assert (plan.status == "optimal") == (plan.value == plan.bound > 0)

        check_it_stays(territory, plan, seed)


def check_it_stays(territory: Territory, plan: Plan, seed: int) -> None:
    """In turn: a looser rule covers no fewer hours, an unused task taken away changes nothing."""
    if seed % 2:
        looser = recompose(loosened(territory, seed // 2), limits=LIMITS, previous=plan)
        assert covered(looser.jobs) >= covered(plan.jobs)
        assert looser.value >= plan.value
    else:
        again = recompose(without_an_unused_task(territory, plan), limits=LIMITS, previous=plan)
        assert again.value >= plan.value
        assert again.jobs == plan.jobs or plan.status != "optimal"


@pytest.mark.parametrize("employers", [1, 2, 3, 5])
def test_the_answer_to_why_not_is_true_when_applied(employers: int) -> None:
    proposed = 0
    for seed in range(4):
        territory = invent_territory(employers=employers, seed=seed, tasks=2 + 4 * employers)
        plan = recompose(territory, limits=LIMITS)
        for one in explain_unused(territory, plan.jobs, most=3):
            assert one.reason
            assert one.nearest_fix
            if one.fix is None:
                continue
            proposed += 1
            region = around(left_over(territory, plan.jobs), one.task)
            changed = one.fix.apply(left_over(territory, plan.jobs))
            assert check_job(changed, one.fix.job) == []
            assert one.task in one.fix.job.tasks
            assert job_with(one.fix.apply(region), one.task) is not None
    assert proposed


@pytest.mark.parametrize("seed", range(3))
def test_hours_left_and_hours_covered_add_up(seed: int) -> None:
    territory = invented(4, seed)
    plan = recompose(territory, limits=LIMITS)
    left = sum(sum(one.half_hours) for one in explain_unused(territory, plan.jobs, most=0))
    assert left + covered(plan.jobs) == sum(sum(task.half_hours) for task in territory.tasks)
