"""The nearest change that would turn unused hours into a job, found by making the change and solving again.

One thing is changed at a time: a few more people, a task moved to another part of the day, some more work, or one
rule loosened. The nearest is the one that asks least; finding people or work always comes before loosening a rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from employers.recomposition.documents.words import hours_text, number_text, percent_text
from employers.recomposition.facts.measures import measure
from employers.recomposition.facts.territory import Territory, travel_km
from employers.recomposition.facts.vocabulary import HALF_HOURS_PER_HOUR, Employer, Job, Person, Task
from employers.recomposition.proof.exact import best_job
from employers.recomposition.proof.linear import LinearModel
from employers.recomposition.proof.model import add_job, nothing_paid
from employers.recomposition.rules.contracts import contract_label
from employers.recomposition.rules.job import EARLY_DAY, EVENING, exact, min_half_hours
from employers.recomposition.search.grid import grid_of

MORE_LIGHT, MORE_SKILLED = "__light", "__skilled"
NEWCOMER = "__person"
SECONDS = 1.0
Change = Callable[[Territory], Territory]
EVERY_DAYPART = frozenset("EMAS")
ONE_PERSON, ANOTHER_TIME, LOOSER_RULE = (
    0.1,
    0.3,
    1.0,
)  # how far each kind of change is, more work counting by its hours


@dataclass(frozen=True)
class Fix:
    """A change, in words and as a function: applied to the unused hours, it makes `job` possible."""

    distance: float
    text: str
    apply: Change
    job: Job


def nearest_fix(unused: Territory, task: str) -> Fix | None:
    """The least change after which the unused hours hold a job with this task; None when no single change is enough.

    `unused` is a territory whose tasks have only the hours that no job took.
    """
    fixes = [fix for find in (_people, _window, _work) for fix in find(unused, task)]
    return min(fixes or _looser(unused, task), key=lambda fix: fix.distance, default=None)


def job_with(territory: Territory, task: str) -> Job | None:
    """The best single job of this territory that contains the task."""
    grid = grid_of(territory)
    return best_job(grid, containing=grid.rank_of[task], time_limit=SECONDS)


def _changed(unused: Territory, task: str, distance: float, text: str, apply: Change) -> Iterator[Fix]:
    job = job_with(apply(unused), task)
    if job is not None:
        yield Fix(distance, text, apply, job)


def _people(unused: Territory, task: str) -> Iterator[Fix]:
    """More people able to hold all the tasks of a job that nothing else forbids."""
    needed = unused.parameters.min_people
    for found in range(needed - 1, -1, -1):
        job = job_with(_with_rules(unused, min_people=found), task)
        if job is None:
            continue
        missing = needed - found
        text = f"{missing} personne{'s' * (missing > 1)} de plus {_qualification(unused, job)}{_without(unused, job)}"
        yield Fix(ONE_PERSON * missing, text, _meeting(unused, job, missing), job)
        return


def _meeting(unused: Territory, job: Job, missing: int) -> Change:
    newcomers = tuple(_newcomer(unused, job, rank) for rank in range(missing))
    return lambda territory: replace(territory, people=territory.people + newcomers)


def _newcomer(unused: Territory, job: Job, rank: int) -> Person:
    """Somebody who can hold every task of the job: the nearest change is to meet such a person."""
    tasks = [unused.task_of[one] for one in sorted(job.tasks)]
    sites = [unused.employer_of[one.employer] for one in tasks]
    levels: dict[str, int] = {}
    for competence in (competence for one in tasks for competence in one.competences):
        levels[competence.code] = max(levels.get(competence.code, 0), competence.level)
    radius = max(travel_km(sites[0], site) for site in sites)
    return Person(
        f"{NEWCOMER}{rank}",
        sites[0].x_km,
        sites[0].y_km,
        radius,
        EVERY_DAYPART,
        tuple(sorted(levels.items())),
    )


def _qualification(unused: Territory, job: Job) -> str:
    """What most people lack to hold this job: a competence, a demand excluded, or the distance."""
    everyone = (1 << len(unused.people)) - 1
    lacks: list[tuple[int, str]] = []
    for one in sorted(job.tasks):
        task = unused.task_of[one]
        for competence in task.competences:
            lack = (everyone & ~unused.able.meeting(competence)).bit_count()
            lacks.append((lack, f"avec {_competence_name(competence.code)}"))
    worst = max(lacks, default=(0, ""))
    return worst[1] if worst[0] else "pouvant tenir toutes ces tâches"


def _competence_name(code: str) -> str:
    kind, _, detail = code.partition("_")
    return f"{kind} {detail.upper()}".strip() if kind == "permis" else f"la compétence {code}"


def _without(unused: Territory, job: Job) -> str:
    """« , ou sans la collecte 16 h (< 20 h) »: the task that keeps most people away, and what is left without it."""
    alone = {one: unused.able_for_all(job.tasks - {one}).bit_count() for one in sorted(job.tasks)}
    if not alone or len(job.tasks) == 1:
        return ""
    blocking = max(alone, key=lambda one: alone[one])
    if alone[blocking] < unused.parameters.min_people:
        return ""
    left = Job(tuple(share for share in job.shares if share.task != blocking))
    least = min(measure(unused, left).totals)
    limit = min_half_hours(unused.parameters)
    compared = f" (< {number_text(unused.parameters.min_hours)} h)" if least < limit else ""
    return f", ou sans « {unused.task_of[blocking].name} » {hours_text(least)}{compared}"


def _window(unused: Territory, task: str) -> Iterator[Fix]:
    """One task that could be done at another time of day."""
    job = job_with(_at_any_time(unused, {one.id for one in unused.tasks}), task)
    if job is None:
        return
    for one in sorted(job.tasks, key=lambda name: (not unused.task_of[name].dayparts <= EVENING, name)):
        if not unused.task_of[one].dayparts >= EARLY_DAY:
            text = f"« {unused.task_of[one].name} » à un autre moment de la journée"
            fixes = list(_changed(unused, task, ANOTHER_TIME, text, _moving(one)))
            if fixes:
                yield fixes[0]
                return


def _moving(task: str) -> Change:
    return lambda territory: _at_any_time(territory, {task})


def _at_any_time(territory: Territory, tasks: set[str]) -> Territory:
    moved = tuple(replace(one, dayparts=EVERY_DAYPART) if one.id in tasks else one for one in territory.tasks)
    return replace(territory, tasks=moved)


def _work(unused: Territory, task: str) -> Iterator[Fix]:
    """Fewest more hours a week, neither hard nor devalued, some of which may have to develop a competence."""
    employer = unused.employer_of[unused.task_of[task].employer]
    most = min_half_hours(unused.parameters)
    grid = grid_of(_with_work(unused, employer, most, most))
    ranks = {one: grid.rank_of[one] for one in (task, MORE_LIGHT, MORE_SKILLED)}
    model = LinearModel()
    job = add_job(model, grid, list(range(len(grid.capacity))), nothing_paid(grid))
    model.lowest[job.open] = model.lowest[job.present[ranks[task]]] = 1
    model.gains = [gain / 1e5 for gain in model.gains]
    light, skilled = model.variable(most, gain=-1000.0), model.variable(most, gain=-1001.0)
    for added, one in ((light, MORE_LIGHT), (skilled, MORE_SKILLED)):
        for variable in job.hours[ranks[one]]:
            model.row([(variable, 1.0), (added, -1.0)], most=0.0)
    answer = model.solve({"time_limit": SECONDS})
    if answer.x is None:
        return
    lack, skill = round(answer.x[light] + answer.x[skilled]), round(answer.x[skilled])
    if not lack:
        return
    text = f"il manque {hours_text(lack)} non dévalorisées par semaine pour un emploi de {number_text(unused.parameters.min_hours)} h"
    text += f", dont {hours_text(skill)} qui développent une compétence" if skill else ""
    found = job.job(grid, answer.x)
    text += _label_of_what_exists(unused, found)
    plain = lack - skill
    yield Fix(lack / most, text, lambda territory: _with_work(territory, employer, plain, skill), found)


def _label_of_what_exists(unused: Territory, job: Job) -> str:
    """For which contract the existing hours would already do, when they reach those of a CDDI."""
    existing = Job(tuple(share for share in job.shares if share.task in unused.task_of))
    least = min(measure(unused, existing).totals)
    rules = unused.parameters
    return f" ; {contract_label(least, rules)}" if least >= rules.cddi_hours * HALF_HOURS_PER_HOUR else ""


def _with_work(territory: Territory, employer: Employer, light: int, skilled: int) -> Territory:
    """The territory with more hours a week at one employer, open to everybody nearby."""
    more = [(MORE_LIGHT, light, False), (MORE_SKILLED, skilled, True)]
    added = tuple(
        Task(
            id=name,
            employer=employer.id,
            name="travail à trouver",
            family=name,
            dayparts=EVERY_DAYPART,
            half_hours=(amount,) * territory.periods,
            skill_building=skill,
        )
        for name, amount, skill in more
        if amount
    )
    return replace(territory, tasks=territory.tasks + added)


def _with_rules(territory: Territory, **changes: Any) -> Territory:
    return replace(territory, parameters=replace(territory.parameters, **changes))


def _looser(unused: Territory, task: str) -> Iterator[Fix]:
    """One rule loosened just enough, when neither people nor work alone would do."""
    rules = unused.parameters
    levels: list[tuple[str, list[float], Callable[[float], str]]] = [
        (
            "heavy_cap",
            _steps(rules.heavy_cap, 1.0, 0.05),
            lambda to: f"un plafond de {percent_text(exact(to))}",
        ),
        (
            "skill_floor",
            _steps(rules.skill_floor, 0.0, -0.05),
            lambda to: f"un minimum de compétences de {percent_text(exact(to))}",
        ),
        (
            "min_hours",
            _steps(rules.min_hours, 0.5, -0.5),
            lambda to: f"un minimum de {number_text(to)} h par semaine",
        ),
        ("max_km", _distances(unused), lambda to: f"jusqu’à {number_text(to)} km entre deux employeurs"),
        ("max_employers", [rules.max_employers + 1], lambda to: f"jusqu’à {to:g} employeurs"),
        ("max_tasks", [rules.max_tasks + 1, rules.max_tasks + 2], lambda to: f"jusqu’à {to:g} tâches"),
        ("min_families", [rules.min_families - 1], lambda to: f"{to:g} famille de tâches"),
    ]
    for name, values, words in levels:
        value = _least(unused, task, name, [value for value in values if value >= 0])
        if value is not None:
            was = getattr(rules, name)
            yield from _changed(
                unused,
                task,
                LOOSER_RULE + abs(value - was) / max(was, 1e-9),
                words(value),
                _loosening(name, value),
            )


def _loosening(name: str, value: float) -> Change:
    return lambda territory: _with_rules(territory, **{name: value})


def _least(unused: Territory, task: str, name: str, values: list[float]) -> float | None:
    """The first value that makes a job possible, by halving: each value is looser than the one before."""
    if not values or job_with(_with_rules(unused, **{name: values[-1]}), task) is None:
        return None
    low, high = 0, len(values) - 1
    while low < high:
        middle = (low + high) // 2
        if job_with(_with_rules(unused, **{name: values[middle]}), task) is None:
            low = middle + 1
        else:
            high = middle
    return values[low]


def _steps(start: float, end: float, step: float) -> list[float]:
    count = round(abs(end - start) / abs(step))
    return [
        round(start + rank * step, 4)
        for rank in range(1, count + 1)
        if (start + rank * step - end) * step <= 1e-9
    ]


def _distances(unused: Territory) -> list[float]:
    """Distances beyond the limit between two employers of the unused hours, to the next half kilometre."""
    sites = list(unused.employers)
    limit = unused.parameters.max_km
    far = {travel_km(one, other) for rank, one in enumerate(sites) for other in sites[:rank]}
    return sorted({-(-km * 2 // 1) / 2 for km in far if km > limit})
