"""A day spent looking at the work: opening the analysis, writing its tasks, giving it back to the employer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import DomainError, ensure
from backend.core.findings import raise_refusals
from backend.core.values.plausible import LOOK, window_findings
from competences.enums import Level
from competences.models import Competence
from employers.enums import AnalysisStatus
from employers.models import Establishment, TaskAnalysis, TaskRequirement, WorkTask
from employers.permissions import may_work_with_employers
from employers.rules.dismissals import told_findings
from employers.rules.tasks import SEASONS, task_findings
from employers.services.employers import NOT_YOURS


@dataclass(frozen=True, slots=True)
class Required:
    """A competence a task asks for."""

    competence: Competence
    level: int = Level.WITH_HELP
    importance: Decimal = Decimal(1)


@transaction.atomic
def open_analysis(
    *, actor: Actor, establishment: Establishment, title: str, observed_on: date
) -> TaskAnalysis:
    """Open the analysis of one workplace."""
    establishment = steps.within_reach(actor, establishment)
    ensure(may_work_with_employers(actor), "not_yours", NOT_YOURS)
    raise_refusals(window_findings(LOOK, observed_on, field="observed_on", today=timezone.localdate()))
    analysis = steps.save(
        TaskAnalysis(
            establishment=establishment,
            organisation_id=actor.organisation_id,
            title=title.strip(),
            observed_on=observed_on,
        )
    )
    trail.record(actor, "analysis.opened", analysis)
    return analysis


@transaction.atomic
def add_task(
    *, actor: Actor, analysis: TaskAnalysis, required: Iterable[Required] = (), **description: Any
) -> WorkTask:
    """Write one task; without a seasonal curve, the usual week holds all year."""
    analysis = _open(actor, analysis)
    task = WorkTask(analysis=analysis)
    _describe(task, description)
    _require(task, required)
    trail.record(actor, "task.added", task, analysis=analysis.pk)
    return task


@transaction.atomic
def change_task(
    *, actor: Actor, task: WorkTask, required: Iterable[Required] | None = None, **description: Any
) -> WorkTask:
    """Correct a task; with `required`, its competences are replaced."""
    task = steps.lock(actor, task)
    _open(actor, task.analysis)
    _describe(task, description)
    if required is not None:
        task.requirements.all().delete()
        _require(task, required)
    trail.record(actor, "task.changed", task)
    return task


@transaction.atomic
def remove_task(*, actor: Actor, task: WorkTask) -> None:
    """Take out a task written by mistake, as long as no proposal uses it."""
    task = steps.lock(actor, task)
    _open(actor, task.analysis)
    if task.proposals.exists():
        raise DomainError(
            "task_in_use", "Cette tâche fait partie d’un poste proposé. Retirez-la d’abord du poste."
        )
    trail.record(actor, "task.removed", task)
    task.delete()


@transaction.atomic
def return_analysis(*, actor: Actor, analysis: TaskAnalysis) -> TaskAnalysis:
    """Give the analysis back to the employer: they now see it."""
    analysis = _open(actor, analysis)
    if not analysis.tasks.exists():
        raise DomainError(
            "no_task",
            "Cette analyse n’a pas encore de tâche. Notez au moins une tâche avant de la restituer.",
        )
    analysis.status = AnalysisStatus.RETURNED
    analysis.version += 1
    steps.save(analysis)
    trail.record(actor, "analysis.returned", analysis)
    return analysis


def _open(actor: Actor, analysis: TaskAnalysis) -> TaskAnalysis:
    analysis = steps.lock(actor, analysis)
    ensure(may_work_with_employers(actor), "not_yours", NOT_YOURS)
    return analysis


_DESCRIPTION = (
    "name", "family", "weekly_hours", "season_hours", "dayparts", "is_hard", "is_devalued",
    "is_skill_building", "demands", "licences", "dangerous_work", "dismissed_on", "rome_code", "hourly_cost",
)  # fmt: skip


def _describe(task: WorkTask, description: dict[str, Any]) -> None:
    steps.write(task, description, _DESCRIPTION)
    task.full_clean()  # first, so that a wrong week is said of the week and not of its seasons
    raise_refusals(told_findings(task.dismissed_on, today=timezone.localdate()))
    if not any(task.season_hours):
        task.season_hours = [float(task.weekly_hours)] * SEASONS
    raise_refusals(
        task_findings(season_hours=task.season_hours, dayparts=task.dayparts, licences=task.licences)
    )
    steps.save(task)


def _require(task: WorkTask, required: Iterable[Required]) -> None:
    for each in required:
        steps.save(
            TaskRequirement(
                task=task, competence=each.competence, level=each.level, importance=each.importance
            )
        )
