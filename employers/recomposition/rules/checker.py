"""Checks a finished plan against every rule, every capacity and every human choice.

Written from the rules alone: it shares nothing with the constraints the solvers build, so each watches the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from employers.recomposition.documents.words import period_name
from employers.recomposition.facts.measures import measure
from employers.recomposition.facts.territory import Territory
from employers.recomposition.facts.vocabulary import Choices, Job
from employers.recomposition.rules.job import Breach, breaches


def check_job(territory: Territory, job: Job) -> list[Breach]:
    """Every rule this one job breaks; empty when the job is acceptable."""
    malformed = list(_malformed(territory, job))
    return malformed or breaches(measure(territory, job), territory.parameters)


def check_plan(territory: Territory, jobs: Sequence[Job], choices: Choices | None = None) -> list[Breach]:
    """Everything wrong with jobs taken together; empty when all of them can exist side by side."""
    found = [breach for job in jobs for breach in check_job(territory, job)]
    if any(breach.rule == "shape" for breach in found):
        return found
    return (
        found
        + list(_over_capacity(territory, jobs))
        + list(_against_choices(territory, jobs, choices or Choices()))
    )


def forbidden_pairs(territory: Territory, job: Job, choices: Choices) -> list[frozenset[str]]:
    """Pairs of employers or of tasks of this job that somebody decided to keep apart."""
    employers = {territory.task_of[task].employer for task in job.tasks}
    pairs = [frozenset(pair) for group in (employers, job.tasks) for pair in combinations(sorted(group), 2)]
    return [pair for pair in pairs if pair in choices.apart]


def _malformed(territory: Territory, job: Job) -> Iterator[Breach]:
    if not job.shares:
        yield Breach("shape", "un emploi sans tâche")
    if len(job.tasks) < len(job.shares):
        yield Breach("shape", "une tâche figure deux fois dans un emploi")
    for share in job.shares:
        if share.task not in territory.task_of:
            yield Breach("shape", "une tâche inconnue")
        elif len(share.half_hours) != territory.periods:
            yield Breach("shape", "un nombre de périodes différent de celui du territoire")
        elif min(share.half_hours) < 0:
            yield Breach("shape", "des heures négatives")


def _over_capacity(territory: Territory, jobs: Sequence[Job]) -> Iterator[Breach]:
    used: Counter[tuple[str, int]] = Counter()
    for job in jobs:
        for share in job.shares:
            for period, half_hours in enumerate(share.half_hours):
                used[share.task, period] += half_hours
    for (task, period), half_hours in used.items():
        if half_hours > territory.task_of[task].half_hours[period]:
            when = period_name(period, territory.periods)
            yield Breach(
                "capacity", f"« {territory.task_of[task].name} » : plus d’heures que prévu {when}", period
            )


def _against_choices(territory: Territory, jobs: Sequence[Job], choices: Choices) -> Iterator[Breach]:
    if not set(choices.pinned) <= set(jobs):
        yield Breach("pinned", "un emploi déjà convenu a disparu")
    for job in jobs:
        if job in choices.pinned:
            continue
        if job.tasks & choices.locked:
            yield Breach("locked", "une tâche que son titulaire garde")
        if job.tasks in choices.refused:
            yield Breach("refused", "un emploi déjà refusé")
        if forbidden_pairs(territory, job, choices):
            yield Breach("apart", "deux tâches ou deux employeurs à ne pas réunir")
