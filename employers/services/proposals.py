"""Putting tasks together into a job, of one employer or shared between several."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import ensure
from backend.core.findings import raise_refusals
from backend.organisations.models import Organisation
from employers.enums import ProposalStatus
from employers.models import JobProposal, WorkTask
from employers.permissions import may_work_for, may_work_with_employers
from employers.rules.dangerous import lending_findings
from employers.rules.dismissals import dismissal_findings
from employers.rules.proposals import composition_findings, status_findings
from employers.services.employers import NOT_YOURS
from pathways.selectors.rule_book import read_book


@transaction.atomic
def propose_job(
    *, actor: Actor, organisation: Organisation, title: str, tasks: Iterable[WorkTask]
) -> JobProposal:
    """Make a job out of observed tasks."""
    organisation = steps.within_reach(actor, organisation)
    ensure(may_work_for(actor, organisation), "not_yours", NOT_YOURS)
    proposal = steps.save(JobProposal(organisation=organisation, title=title.strip()))
    _put_together(actor, proposal, tasks)
    trail.record(actor, "job.proposed", proposal, tasks=proposal.tasks.count())
    return proposal


@transaction.atomic
def change_proposal(
    *,
    actor: Actor,
    proposal: JobProposal,
    version: int,
    title: str | None = None,
    tasks: Iterable[WorkTask] | None = None,
    status: str | None = None,
) -> JobProposal:
    """Rename, recompose or close a proposal; `Conflict` when `version` is old."""
    proposal = steps.lock(actor, proposal)
    ensure(may_work_with_employers(actor), "not_yours", NOT_YOURS)
    steps.check_version(proposal, version)
    if title is not None:
        proposal.title = title.strip()
    if status is not None:
        raise_refusals(status_findings(status))
        proposal.status = ProposalStatus(status)
    steps.save(proposal)
    if tasks is not None:
        _put_together(actor, proposal, tasks)
    trail.record(actor, "job.changed", proposal, status=str(proposal.status))
    return proposal


def _put_together(actor: Actor, proposal: JobProposal, tasks: Iterable[WorkTask]) -> None:
    """Keep the tasks and their employers in step; every task must be within the actor's reach."""
    rows = [steps.within_reach(actor, task) for task in tasks]
    employers = {row.analysis.establishment.employer for row in rows}
    raise_refusals(composition_findings(tasks=len(rows), employers=len(employers)))
    raise_refusals(
        lending_findings(kind=proposal.organisation.kind, dangerous=[row.dangerous_work for row in rows])
    )
    raise_refusals(
        dismissal_findings(
            kind=proposal.organisation.kind,
            dismissals=[row.dismissed_on for row in rows],
            today=timezone.localdate(),
            book=read_book(),
        )
    )
    proposal.tasks.set(rows)
    proposal.employers.set(employers)
