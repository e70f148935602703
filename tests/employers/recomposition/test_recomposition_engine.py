"""What the engine promises: repeatable runs, honest bounds, human choices kept, a stop honoured at once."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from employers.recomposition.engine import ChoicesError, Limits, recompose
from employers.recomposition.explain.alternatives import alternatives, difference
from employers.recomposition.facts.measures import covered, job_value
from employers.recomposition.facts.territory import Territory
from employers.recomposition.facts.vocabulary import Choices, Job, Plan, TaskShare
from employers.recomposition.invented.generator import invent_territory
from employers.recomposition.proof.exact import best_plan
from employers.recomposition.rules.checker import check_plan
from employers.recomposition.search.grid import grid_of

SHORT = Limits(iterations=4)
ONCE = Limits(iterations=1)


@pytest.fixture(scope="module")
def basin() -> Territory:
    return invent_territory(employers=5, seed=6)


@pytest.fixture(scope="module")
def plan(basin: Territory) -> Plan:
    return recompose(basin, limits=SHORT)


def test_same_input_seed_and_iterations_give_the_same_plan(basin: Territory, plan: Plan) -> None:
    again = recompose(basin, limits=SHORT)
    assert repr(again.jobs) == repr(plan.jobs)
    assert (again.value, again.bound, again.status) == (plan.value, plan.bound, plan.status)


def test_a_plan_says_its_value_its_bound_and_never_optimal_without_proof(
    basin: Territory, plan: Plan
) -> None:
    assert plan.value == sum(job_value(basin, job) for job in plan.jobs)
    assert plan.value < plan.bound
    assert plan.status == "feasible"
    assert 0 < plan.gap < 1


def test_a_small_territory_is_proved_and_no_better_plan_exists(canteen: Callable[..., Territory]) -> None:
    territory = canteen()
    proved = recompose(territory, limits=SHORT)
    assert proved.status == "optimal"
    assert proved.value == proved.bound
    from_nothing = best_plan(grid_of(territory), known_value=0)
    assert sum(job_value(territory, job) for job in from_nothing.jobs or ()) == proved.value


def test_progress_tells_each_better_plan(basin: Territory) -> None:
    told: list[Plan] = []
    last = recompose(basin, limits=SHORT, on_progress=told.append)
    values = [one.value for one in told]
    assert values == sorted(set(values))
    assert values[-1] == last.value
    assert all(check_plan(basin, one.jobs) == [] for one in told)


def stopped_after(plans: int, territory: Territory) -> tuple[Plan, list[Plan], float, float]:
    """A run stopped once it has told some plans: what it answers and told, then seconds worked and waited since the stop."""
    told: list[Plan] = []
    asked: list[tuple[float, float]] = []

    def stop() -> bool:
        if len(told) >= plans and not asked:
            asked.append((time.process_time(), time.monotonic()))
        return bool(asked)

    found = recompose(territory, limits=Limits(seconds=60), on_progress=told.append, should_stop=stop)
    (worked, waited), now = asked[0], (time.process_time(), time.monotonic())
    return found, told, now[0] - worked, now[1] - waited


@pytest.mark.parametrize(("employers", "plans"), [(3, 1), (10, 2), (50, 1)])
def test_a_stop_is_honoured_in_less_than_a_second_with_the_best_plan_so_far(
    employers: int, plans: int
) -> None:
    territory = invent_territory(employers=employers, seed=1)
    found, told, worked, waited = stopped_after(plans, territory)
    assert found.value == told[-1].value
    assert check_plan(territory, found.jobs) == []
    assert worked < 1
    assert waited < 20, "nothing is waited for: only a busy machine may take more than a second"


def test_the_proof_in_a_second_process_ends_the_run_early(canteen: Callable[..., Territory]) -> None:
    found = recompose(canteen(), limits=Limits(seconds=60))
    assert found.status == "optimal"
    assert found.seconds < 50


def test_a_pinned_job_stays_and_the_rest_is_built_around_it(basin: Territory, plan: Plan) -> None:
    choices = Choices(pinned=plan.jobs[:1])
    found = recompose(basin, limits=SHORT, choices=choices)
    assert plan.jobs[0] in found.jobs
    assert check_plan(basin, found.jobs, choices) == []
    assert found.bound <= plan.bound


def test_a_pinned_job_that_breaks_a_rule_is_refused(basin: Territory) -> None:
    task = basin.tasks[0]
    with pytest.raises(ChoicesError):
        recompose(basin, limits=SHORT, choices=Choices(pinned=(Job((TaskShare(task.id, task.half_hours),)),)))


def test_locked_tasks_refused_jobs_and_pairs_kept_apart_are_respected(basin: Territory, plan: Plan) -> None:
    job = plan.jobs[0]
    first, second = sorted(job.tasks)[:2]
    sites = {basin.task_of[task].employer for one in plan.jobs for task in one.tasks}
    for choices in (
        Choices(locked=frozenset({first})),
        Choices(refused=frozenset(one.tasks for one in plan.jobs)),
        Choices(apart=frozenset({frozenset({first, second})})),
        Choices(apart=frozenset({frozenset(sorted(sites)[:2])})),
    ):
        found = recompose(basin, limits=ONCE, choices=choices)
        assert check_plan(basin, found.jobs, choices) == []


def test_refusing_the_only_job_of_a_small_territory_is_proved_too(canteen: Callable[..., Territory]) -> None:
    territory = canteen()
    only = recompose(territory, limits=SHORT).jobs[0]
    again = recompose(territory, limits=SHORT, choices=Choices(refused=frozenset({only.tasks})))
    assert only.tasks not in {job.tasks for job in again.jobs}


def test_a_previous_plan_is_never_lost(basin: Territory, plan: Plan) -> None:
    again = recompose(basin, limits=Limits(iterations=1, seed=9), previous=plan)
    assert again.value >= plan.value
    assert covered(again.jobs) >= covered(plan.jobs)


def test_alternatives_differ_by_three_tenths_of_their_hours(basin: Territory, plan: Plan) -> None:
    found = alternatives(basin, plan, limits=SHORT)
    assert [one.name for one in found] == ["le plus d’emplois", "la meilleure qualité", "la plus robuste"]
    for one in found:
        assert difference(plan.jobs, one.plan.jobs) >= 0.3
        assert check_plan(basin, one.plan.jobs) == []


@pytest.mark.parametrize("employers", [0, 1])
def test_a_territory_without_tasks_or_people_gets_an_answer(employers: int) -> None:
    for tasks, people in ((0, 0), (8, 0), (0, 8)):
        territory = invent_territory(employers=employers, seed=1, tasks=tasks, people=people)
        found = recompose(territory, limits=SHORT)
        assert (found.status, found.jobs, found.value) == ("none", (), 0)
