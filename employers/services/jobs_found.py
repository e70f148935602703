"""An exit towards a job opens the six months of support, however it was recorded: completed, imported, sent by a tool."""

from __future__ import annotations

from collections.abc import Collection

from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.values.dates import day_after
from employers.enums import HireKind
from employers.models import Placement, PostHireFollowUp
from employers.rules.post_hire import milestones, oldest_hire_supported, still_to_make, support_findings
from pathways.models import Exit
from pathways.rules.exits.motives import CONTRACT_OF_A_JOB
from pathways.services.after_exits import Place


def follow_jobs_found(exits: Collection[Exit], actor: Actor | None, lost: Collection[Place]) -> None:
    """Open, move or close the support of these exits, as their motive now says.

    The job begins the day after the exit, as on the line of the person. One whose six months are already over is not
    opened, nor is one learnt of, or moved later, once another structure accompanies the person (`lost`): the exit
    remarks it. A hire
    recorded with its employer is not touched: it knows more than the exit. The employer's name stays on the exit: a
    name alone never shows a person to an employer we know.
    """
    known = {row.exit_id: row for row in Placement.objects.filter(exit__in=exits)}
    oldest = oldest_hire_supported(timezone.localdate())
    for exit_ in exits:
        placement = known.get(exit_.pk)
        if placement is not None and placement.employer_id is not None:
            continue
        is_lost = (exit_.stay.beneficiary_id, exit_.stay.organisation_id) in lost
        if exit_.motive not in CONTRACT_OF_A_JOB:
            _close(placement)
        elif placement is not None and not (is_lost and _would_last_longer(placement, exit_)):
            _open(placement, exit_, actor)
        elif day_after(exit_.occurred_on) >= oldest:
            exit_.remarks = tuple(support_findings(is_lost_to_another=is_lost))
            if not exit_.remarks:
                _open(Placement(exit=exit_), exit_, actor)


def plan_post_hire(placement: Placement) -> None:
    """Plan the contacts of a job as it is now known; those already made stay."""
    due = milestones(
        started_on=placement.started_on, trial_ends_on=placement.trial_ends_on, ends_on=placement.last_day
    )
    placement.follow_ups.filter(done_on__isnull=True).delete()
    made = set(placement.follow_ups.values_list("milestone", flat=True))
    PostHireFollowUp.objects.bulk_create(
        PostHireFollowUp(placement=placement, milestone=each.code, due_on=each.due_on)
        for each in still_to_make(due, on=timezone.localdate())
        if each.code not in made
    )


def _would_last_longer(placement: Placement, exit_: Exit) -> bool:
    return day_after(exit_.occurred_on) > placement.started_on


def _open(placement: Placement, exit_: Exit, actor: Actor | None) -> None:
    is_new = placement.pk is None
    kind = CONTRACT_OF_A_JOB[exit_.motive]
    placement.beneficiary_id = exit_.stay.beneficiary_id
    placement.advisor_id = exit_.stay.advisor_id or (actor.user_id if actor else None)
    placement.kind, placement.started_on = kind.value, day_after(exit_.occurred_on)
    placement.months = exit_.contract_months if kind.value == HireKind.CDD else None
    steps.save(placement)
    plan_post_hire(placement)
    if is_new and actor is not None:
        trail.record(actor, "post_hire.opened", exit_, placement=placement.pk)


def _close(placement: Placement | None) -> None:
    """The job of a corrected exit never was; if somebody called already, what they found stays."""
    if placement is not None and not placement.follow_ups.filter(done_on__isnull=False).exists():
        placement.follow_ups.all().delete()
        placement.delete()
