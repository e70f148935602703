"""Each rule refuses the job that breaks it, and the checker sees every mutation of a valid plan."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from employers.recomposition.engine import Limits, recompose
from employers.recomposition.facts.measures import half_hour_value, job_value, measure
from employers.recomposition.facts.people import can_hold
from employers.recomposition.facts.territory import Territory
from employers.recomposition.facts.vocabulary import (
    Choices,
    Employer,
    Job,
    Parameters,
    Person,
    TaskShare,
)
from employers.recomposition.invented.generator import invent_territory
from employers.recomposition.rules.checker import check_job, check_plan
from tests.employers.recomposition.recomposition_territories import everyone, line, place


def whole(territory: Territory) -> Job:
    return Job(tuple(TaskShare(task.id, task.half_hours) for task in territory.tasks))


def rules_broken(territory: Territory) -> set[str]:
    return {breach.rule for breach in check_job(territory, whole(territory))}


def test_the_job_of_the_canteen_and_the_care_home_breaks_nothing(canteen: Callable[..., Territory]) -> None:
    assert rules_broken(canteen()) == set()


@pytest.mark.parametrize(
    ("rules", "broken"),
    [
        ({"min_hours": 22.5}, "hours"),
        ({"max_hours": 21.5}, "hours"),
        ({"max_employers": 1}, "employers"),
        ({"max_km": 3.9}, "distance"),
        ({"heavy_cap": 0.13}, "heavy"),
        ({"skill_floor": 0.41}, "skill"),
        ({"min_families": 6}, "variety"),
        ({"max_tasks": 4}, "tasks"),
        ({"min_task_hours": 3.5}, "small"),
        ({"min_people": 11}, "people"),
    ],
)
def test_each_figure_refuses_just_beyond_its_limit(
    canteen: Callable[..., Territory], rules: dict, broken: str
) -> None:
    assert rules_broken(canteen(**rules)) == {broken}


@pytest.mark.parametrize(
    "rules",
    [
        {"min_hours": 22.0},
        {"max_hours": 22.0},
        {"max_km": 4.0},
        {"heavy_cap": 3 / 22},
        {"skill_floor": 9 / 22},
        {"min_families": 5},
        {"max_tasks": 5},
        {"min_task_hours": 3.0},
        {"min_people": 10},
    ],
)
def test_each_figure_accepts_its_limit_exactly(canteen: Callable[..., Territory], rules: dict) -> None:
    assert rules_broken(canteen(**rules)) - {"heavy", "skill"} == set()


def test_hours_that_can_only_be_done_at_one_time_must_fit_there() -> None:
    crowded = place(line("a", 11, dayparts="M", flags="c"), line("b", 10, dayparts="M"))
    assert rules_broken(crowded) == {"windows"}
    movable = place(line("a", 11, dayparts="M", flags="c"), line("b", 10, dayparts="MA"))
    assert rules_broken(movable) == set()


def test_a_late_day_and_an_early_day_are_both_possible_alone() -> None:
    for dawn_or_dusk in "ES":
        day = place(line("a", 12, dayparts=dawn_or_dusk, flags="c"), line("b", 9, dayparts="MA"))
        assert rules_broken(day) == set()


@pytest.mark.parametrize(
    ("person", "able"),
    [
        ({}, True),
        ({"exclusions": frozenset({"port"})}, False),
        ({"levels": (("cuisine", 0), ("permis_b", 1))}, False),
        ({"levels": (("cuisine", 1), ("permis_b", 0))}, False),
        ({"radius_km": 4.9}, False),
        ({"radius_km": 5.0}, True),
        ({"dayparts": frozenset("E")}, False),
        ({"families": frozenset({"autre"})}, True),
    ],
)
def test_who_can_hold_a_task(person: dict, able: bool) -> None:
    site = Employer("e1", "Brioches du Val", 4.0, 0.0)
    task = line("a", 5, needs=(("cuisine", 2), ("permis_b", 1)), demands="port")
    someone = Person("c1", 0.0, 0.0, 5.0, frozenset("MA"), (("cuisine", 1), ("permis_b", 1)))
    assert can_hold(replace(someone, **person), task, site) is able


def test_sets_of_people_follow_the_definition() -> None:
    territory = invent_territory(employers=6, seed=4)
    for task in territory.tasks:
        able = {
            person.id
            for rank, person in enumerate(territory.people)
            if territory.able_for[task.id] >> rank & 1
        }
        site = territory.employer_of[task.employer]
        assert able == {person.id for person in territory.people if can_hold(person, task, site)}


def test_value_of_a_half_hour_and_of_a_job() -> None:
    rules = Parameters()
    assert half_hour_value(line("a", 1, cost=25, flags="c"), rules) == 17
    assert half_hour_value(line("a", 1, cost=25, flags="pd"), rules) == 11
    assert half_hour_value(line("a", 1, cost=17), rules) == 10
    territory = place(
        line("a", 12, cost=25, flags="c"), line("b", 10, cost=17, employer="e2"), kilometres=1.0
    )
    assert job_value(territory, whole(territory)) == 200 - 60 + 24 * 4 * 17 + 20 * 4 * 10


def mutations(territory: Territory, job: Job, rng: random.Random) -> list[tuple[str, Job]]:
    """Ways to spoil one share of a valid job."""
    rank = rng.randrange(len(job.shares))
    share, period = job.shares[rank], rng.randrange(territory.periods)

    def changed(half_hours: list[int] | None = None, task: str = share.task) -> Job:
        new = TaskShare(task, share.half_hours if half_hours is None else tuple(half_hours))
        return Job((*job.shares[:rank], new, *job.shares[rank + 1 :]))

    def with_hours(value: int) -> list[int]:
        return [value if one == period else given for one, given in enumerate(share.half_hours)]

    over = territory.task_of[share.task].half_hours[period] + 1
    return [
        ("negative", changed(with_hours(-1))),
        ("over capacity", changed(with_hours(over))),
        ("unknown task", changed(task="inconnue")),
        ("missing period", changed(list(share.half_hours[:-1]))),
        ("twice", Job((*job.shares, share))),
        ("nothing", Job(())),
        (
            "emptied period",
            Job(tuple(replace(one, half_hours=(0, *one.half_hours[1:])) for one in job.shares)),
        ),
    ]


def test_the_checker_sees_every_mutation_of_a_valid_plan() -> None:
    territory = invent_territory(employers=4, seed=2)
    plan = recompose(territory, limits=Limits(iterations=1))
    assert plan.jobs
    assert check_plan(territory, plan.jobs) == []
    rng = random.Random(7)
    for rank, job in enumerate(plan.jobs):
        for name, spoiled in mutations(territory, job, rng):
            assert check_plan(territory, (*plan.jobs[:rank], spoiled, *plan.jobs[rank + 1 :])), name


def test_the_checker_refuses_two_jobs_that_share_the_same_hours(canteen: Callable[..., Territory]) -> None:
    territory = canteen()
    assert {breach.rule for breach in check_plan(territory, [whole(territory)] * 2)} == {"capacity"}


def test_human_choices_are_checked(canteen: Callable[..., Territory]) -> None:
    territory = canteen()
    job = whole(territory)
    for choices, rule in [
        (Choices(locked=frozenset({"plonge"})), "locked"),
        (Choices(refused=frozenset({job.tasks})), "refused"),
        (Choices(apart=frozenset({frozenset({"e1", "e2"})})), "apart"),
        (Choices(apart=frozenset({frozenset({"plonge", "linge"})})), "apart"),
    ]:
        assert {breach.rule for breach in check_plan(territory, [job], choices)} == {rule}
    assert {breach.rule for breach in check_plan(territory, [], Choices(pinned=(job,)))} == {"pinned"}
    assert check_plan(territory, [job], Choices(pinned=(job,), locked=frozenset({"plonge"}))) == []


def test_shares_written_as_decimals_are_compared_exactly() -> None:
    soft, hard = line("a", 12, flags="c"), line("b", 8, flags="p")
    territory = place(soft, hard, people=everyone(), heavy_cap=0.4)
    assert measure(territory, whole(territory)).heavy_share(0) * 5 == 2
    assert rules_broken(territory) == set()
