"""Why some hours stay out of every job: the rule that stops them, and the nearest change that would use them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from time import monotonic

from employers.recomposition.explain.fixes import Fix, job_with, nearest_fix
from employers.recomposition.facts.measures import measure
from employers.recomposition.facts.territory import Territory, travel_km
from employers.recomposition.facts.vocabulary import Choices, Employer, Job, Task, TaskShare
from employers.recomposition.rules.checker import check_job
from employers.recomposition.rules.job import Breach, breaches, min_share_half_hours

NEIGHBOURS = 4  # employers looked at around a task, itself included
MOST_TASKS = 40  # tasks looked at around it, the largest first
MOST_EXPLAINED = 200  # tasks explained in one run, the largest first
NOT_EXPLAINED = "Raison non recherchée dans le temps imparti."
STILL_POSSIBLE = "Un emploi de plus est possible avec ces heures : relancez le calcul plus longtemps."
NOT_LOOKED_FOR = "Changement le plus proche non recherché dans le temps imparti."
NO_SINGLE_CHANGE = "Aucun changement seul ne suffit."
KEPT = "Tâche gardée par son titulaire."


@dataclass(frozen=True)
class UnusedHours:
    """Half-hours of a task that no job took, with the reason and the nearest fix in words (and as a change)."""

    task: str
    half_hours: tuple[int, ...]
    reason: str
    nearest_fix: str
    fix: Fix | None = None


def explain_unused(
    territory: Territory,
    jobs: Sequence[Job],
    choices: Choices | None = None,
    *,
    seconds: float | None = None,
    most: int = MOST_EXPLAINED,
    should_stop: Callable[[], bool] = lambda: False,
) -> list[UnusedHours]:
    """One line per task with hours left, the largest explained first while time and the count given last."""
    started, left = monotonic(), left_over(territory, jobs)
    locked = (choices or Choices()).locked
    found: dict[str, UnusedHours] = {}
    known: list[Fix] = []
    waiting = [task for task in left.tasks if any(task.half_hours)]
    for rank, task in enumerate(sorted(waiting, key=lambda one: -sum(one.half_hours))):
        late = rank >= most or should_stop() or (seconds is not None and monotonic() - started >= seconds)
        if task.id in locked:
            found[task.id] = UnusedHours(task.id, task.half_hours, KEPT, "")
        elif late:
            found[task.id] = UnusedHours(task.id, task.half_hours, NOT_EXPLAINED, NOT_LOOKED_FOR)
        else:
            found[task.id] = _explain(territory, left, jobs, task, known)
    return [found[task.id] for task in waiting]


def left_over(territory: Territory, jobs: Sequence[Job]) -> Territory:
    """The territory with only the hours that no job took."""
    used: dict[str, list[int]] = {}
    for share in (share for job in jobs for share in job.shares):
        before = used.get(share.task, [0] * territory.periods)
        used[share.task] = [one + other for one, other in zip(before, share.half_hours, strict=True)]
    tasks = [
        replace(
            task,
            half_hours=tuple(
                have - taken for have, taken in zip(task.half_hours, used[task.id], strict=True)
            ),
        )
        if task.id in used
        else task
        for task in territory.tasks
    ]
    return replace(territory, tasks=tuple(tasks))


def around(left: Territory, task: str) -> Territory:
    """The part of the territory that could share a job with this task: its nearest employers, their largest tasks."""
    home = left.employer_of[left.task_of[task].employer]
    near = sorted(left.employers, key=lambda one: (one.id != home.id, travel_km(home, one), one.id))
    chosen = {one.id for one in near[:NEIGHBOURS]}
    least = min_share_half_hours(left.parameters, left.periods)
    tasks = [
        one
        for one in left.tasks
        if one.employer in chosen and (sum(one.half_hours) >= least or one.id == task)
    ]
    kept = sorted(tasks, key=lambda one: (one.id != task, -sum(one.half_hours), one.id))[:MOST_TASKS]
    order = {one.id for one in kept}
    return replace(
        left,
        employers=tuple(one for one in left.employers if one.id in chosen),
        tasks=tuple(one for one in left.tasks if one.id in order),
    )


def _explain(
    territory: Territory, left: Territory, jobs: Sequence[Job], task: Task, known: list[Fix]
) -> UnusedHours:
    region = around(left, task.id)
    reason = _extending(territory, jobs, task) or _gathering(region, task)
    fix = next((one for one in known if task.id in one.job.tasks), None)
    if fix is None and sum(task.half_hours) >= min_share_half_hours(left.parameters, left.periods):
        fix = nearest_fix(region, task.id)
        known += [fix] if fix else []
    if fix is None and job_with(region, task.id) is not None:
        return UnusedHours(task.id, task.half_hours, reason, STILL_POSSIBLE)
    return UnusedHours(task.id, task.half_hours, reason, fix.text if fix else NO_SINGLE_CHANGE, fix)


def _extending(territory: Territory, jobs: Sequence[Job], task: Task) -> str:
    """What stops these hours from joining the job that already has this task; empty when no job has it."""
    for job in jobs:
        if task.id in job.tasks:
            more = Job(tuple(_grown(share, task) if share.task == task.id else share for share in job.shares))
            return _said(check_job(territory, more))
    return ""


def _grown(share: TaskShare, left: Task) -> TaskShare:
    grown = tuple(have + extra for have, extra in zip(share.half_hours, left.half_hours, strict=True))
    return TaskShare(share.task, grown)


def _gathering(region: Territory, task: Task) -> str:
    """What stops the largest hours left around from making a job with this task, taken together."""
    lines = region.parameters.max_tasks
    home = region.employer_of[task.employer]
    others = [
        one for one in region.tasks if one.id != task.id and any(one.half_hours) and _close(region, home, one)
    ]
    others.sort(key=lambda one: (one.employer != task.employer, -sum(one.half_hours), one.id))
    gathered = Job(tuple(TaskShare(one.id, one.half_hours) for one in [task, *others][:lines]))
    found = [
        one for one in breaches(measure(region, gathered), region.parameters) if "maximum" not in one.message
    ]
    return _said(found) or "pas assez d’heures restantes autour pour un emploi de plus"


def _close(region: Territory, home: Employer, task: Task) -> bool:
    return travel_km(home, region.employer_of[task.employer]) <= region.parameters.max_km + 1e-9


def _said(found: Sequence[Breach]) -> str:
    """The first breach of each rule, in one sentence."""
    first: dict[str, str] = {}
    for breach in found:
        first.setdefault(breach.rule, breach.message)
    return " ; ".join(first.values())
