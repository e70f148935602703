"""Employers, their workplaces and the looks at their work: corrected, or taken back while nothing rests on them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor, Role
from backend.core.errors import ensure
from backend.core.findings import raise_refusals
from backend.core.hanging import counted, hanging_from
from backend.core.values.plausible import LOOK, window_findings
from backend.organisations.models import Invitation
from employers.models import Employer, Establishment, JobProposal, TaskAnalysis, WorkTask
from employers.permissions import may_work_with_employers
from employers.services.employers import NOT_YOURS
from pathways.rules.corrections import hanging_findings
from pathways.services.corrections.shared import check_reason, take_back

ESTABLISHMENT = frozenset({"name", "commune", "insee_code"})
"""What `correct_establishment` may change; its employer is what it is."""


@transaction.atomic
def correct_establishment(
    *, actor: Actor, establishment: Establishment, seen: str, **changes: Any
) -> Establishment:
    """Correct a workplace, `changes` being fields of `ESTABLISHMENT`."""
    steps.check_names(changes, ESTABLISHMENT)
    establishment = steps.lock(actor, establishment)
    ensure(may_work_with_employers(actor), "not_yours", NOT_YOURS)
    steps.check_seen(establishment, seen)
    was = steps.put(establishment, {name: value.strip() for name, value in changes.items()})
    if was:
        steps.save(establishment)
        trail.record(actor, "establishment.corrected", establishment, was=was)
    return establishment


@transaction.atomic
def cancel_establishment(*, actor: Actor, establishment: Establishment, seen: str, reason: str) -> None:
    """Take back a workplace written by mistake, while no work was looked at there."""
    establishment = steps.lock(actor, establishment)
    ensure(may_work_with_employers(actor), "not_yours", NOT_YOURS)
    steps.check_seen(establishment, seen)
    check_reason(reason)
    take_back(actor, "establishment.cancelled", establishment, reason)


@transaction.atomic
def correct_analysis(
    *, actor: Actor, analysis: TaskAnalysis, version: int, title: str, observed_on: date
) -> TaskAnalysis:
    """Correct the title or the day of an analysis; its tasks have their own page."""
    analysis = steps.lock(actor, analysis)
    ensure(may_work_with_employers(actor), "not_yours", NOT_YOURS)
    steps.check_version(analysis, version)
    was = steps.put(analysis, {"title": title.strip(), "observed_on": observed_on})
    analysis.version = version + bool(was)
    if was:
        if "observed_on" in was:
            raise_refusals(
                window_findings(LOOK, observed_on, field="observed_on", today=timezone.localdate())
            )
        steps.save(analysis)
        trail.record(actor, "analysis.corrected", analysis, was=was)
    return analysis


def resting_on_analysis(analysis: TaskAnalysis) -> list[str]:
    """The jobs its tasks were put into: they would lose them."""
    jobs = JobProposal.objects.filter(tasks__analysis=analysis).distinct().count()
    return [counted(JobProposal, jobs)] if jobs else []


@transaction.atomic
def cancel_analysis(*, actor: Actor, analysis: TaskAnalysis, version: int, reason: str) -> None:
    """Take back an analysis opened by mistake with its tasks, while no job is made of them."""
    analysis = steps.lock(actor, analysis)
    ensure(may_work_with_employers(actor), "not_yours", NOT_YOURS)
    steps.check_version(analysis, version)
    check_reason(reason)
    tasks = list(WorkTask.objects.select_for_update(of=("self",)).filter(analysis=analysis))
    raise_refusals(hanging_findings(resting_on_analysis(analysis)))
    for task in tasks:
        trail.record(actor, "task.removed", task, analysis=analysis.pk)
        task.delete()
    take_back(actor, "analysis.cancelled", analysis, reason)


def resting_on_employer(employer: Employer) -> list[str]:
    """All that is attached to an employer, whoever wrote it, the invitations sent to their contact included."""
    waiting = Invitation.objects.filter(role=Role.EMPLOYER, subject_id=employer.pk)
    sent = waiting.unanswered().count()
    return [*hanging_from(employer), *([counted(Invitation, sent)] if sent else [])]


@transaction.atomic
def cancel_employer(*, actor: Actor, employer: Employer, version: int, reason: str) -> None:
    """Take back an employer nobody works with: nothing is attached to their file."""
    employer = steps.lock(actor, employer)
    ensure(may_work_with_employers(actor), "not_yours", NOT_YOURS)
    steps.check_version(employer, version)
    check_reason(reason)
    raise_refusals(hanging_findings(resting_on_employer(employer)))
    take_back(actor, "employer.cancelled", employer, reason)
