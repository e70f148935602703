"""A hire and what its calls found: corrected, or taken back with all the hire wrote (its exit, its calls, its job filled)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import Conflict, NotPermitted, ensure
from backend.core.findings import raise_refusals
from backend.core.hanging import counted
from employers.enums import ProposalStatus
from employers.models import Employer, JobProposal, Placement, PostHireFollowUp
from employers.permissions import may_correct_calls, may_correct_hire
from employers.rules.hires import calls_findings, contract_findings, day_findings
from employers.rules.post_hire import contact_findings, hire_findings
from employers.services.jobs_found import plan_post_hire
from employers.services.placements import check_employer
from pathways.models import Exit, Stay
from pathways.rules.corrections import hanging_findings
from pathways.rules.exits.motives import motive_of_a_hire
from pathways.services import cancel_exit, complete_exit, move_exit
from pathways.services.corrections.shared import check_reason, facts

_NOT_YOURS = (
    "Seule l’équipe de la structure que la personne a quittée peut corriger cette embauche, tant qu’aucune autre "
    "structure n’accompagne la personne."
)
_NOT_YOUR_CALL = "Seule l’équipe qui suit cette embauche peut corriger ce qu’un contact a trouvé."


@transaction.atomic
def correct_hire(
    *,
    actor: Actor,
    placement: Placement,
    seen: str,
    employer: Employer,
    kind: str,
    started_on: date,
    months: int | None,
    trial_ends_on: date | None,
    left_on: date | None,
) -> Placement:
    """Correct a hire; its person, its stay and the job it comes from stay, its exit and the calls to come follow.

    `left_on` is the last day in the structure, the day of the hire when None.
    """
    placement, exit_ = _locked(actor, placement, seen)
    said = {"employer": employer, "kind": kind, "started_on": started_on, "months": months}
    was = steps.put(placement, said | {"trial_ends_on": trial_ends_on})
    left_on = left_on or started_on
    if not was and left_on == exit_.occurred_on:
        return placement
    _check(actor, placement, left_on, changed=was.keys())
    steps.save(placement)
    if was:
        trail.record(actor, "hire.corrected", placement, was=was)
    _follow(actor, exit_, placement, changed=was.keys(), left_on=left_on)
    if was.keys() - {"employer"}:
        plan_post_hire(placement)
    return placement


def _check(actor: Actor, placement: Placement, left_on: date, *, changed: Any) -> None:
    """The rules of a hire, of what it now says; the calls already made must still follow it."""
    raise_refusals(contract_findings(kind=placement.kind, months=placement.months))
    days = {"started_on": placement.started_on, "trial_ends_on": placement.trial_ends_on}
    if changed & days.keys():
        born_on = placement.beneficiary.birth_date
        raise_refusals(hire_findings(**days, today=timezone.localdate(), born_on=born_on))  # type: ignore[arg-type]
    raise_refusals(day_findings(**days, left_on=left_on))  # type: ignore[arg-type]
    made = placement.follow_ups.filter(done_on__isnull=False).values_list("done_on", flat=True)
    raise_refusals(calls_findings(started_on=placement.started_on, made_on=[day for day in made if day]))
    if "employer" in changed and placement.employer is not None:
        check_employer(steps.within_reach(actor, placement.employer), placement.proposal)


def _follow(actor: Actor, exit_: Exit, placement: Placement, *, changed: Any, left_on: date) -> None:
    """The exit says what the hire now says; what was not corrected of the hire is not said again of the exit."""
    contract = {"kind", "months"} & changed
    if contract or "employer" in changed:
        exit_ = complete_exit(
            actor=actor,
            exit_=exit_,
            version=exit_.version,
            motive=motive_of_a_hire(contract_kind=placement.kind, months=placement.months)
            if contract
            else exit_.motive,
            employer_name=placement.workplace if "employer" in changed else exit_.employer_name,
            contract_months=placement.months if contract else exit_.contract_months,
        )
    if left_on != exit_.occurred_on:
        move_exit(actor=actor, exit_=exit_, version=exit_.version, on=left_on)


def resting_on_hire(placement: Placement) -> list[str]:
    """The calls already made: what the person said of their job does not go in silence."""
    made = placement.follow_ups.filter(done_on__isnull=False).count()
    return [counted(PostHireFollowUp, made)] if made else []


def job_to_fill_again(placement: Placement) -> JobProposal | None:
    """The job this hire alone filled: somebody is looked for again once it is taken back."""
    job = placement.proposal
    if job is None or job.status != ProposalStatus.FILLED:
        return None
    return None if job.placements.exclude(pk=placement.pk).exists() else job


@transaction.atomic
def cancel_hire(*, actor: Actor, placement: Placement, seen: str, reason: str) -> Stay:
    """Take back a hire that never was: its exit, its calls to come and the job it filled go back to what they were."""
    placement, exit_ = _locked(actor, placement, seen)
    check_reason(reason)
    raise_refusals(hanging_findings(resting_on_hire(placement)))
    job, was = job_to_fill_again(placement), facts(placement)
    placement.follow_ups.all().delete()
    trail.record(actor, "hire.cancelled", placement, reason=reason, was=was)
    placement.delete()
    stay = cancel_exit(actor=actor, exit_=exit_, version=exit_.version, reason=reason)
    if job is not None:
        job = JobProposal.objects.select_for_update(of=("self",)).get(pk=job.pk)
        job.status = ProposalStatus.OPEN
        job.version += 1
        steps.save(job)
        trail.record(actor, "job.changed", job, status=str(job.status))
    return stay


@transaction.atomic
def correct_post_hire(
    *, actor: Actor, follow_up: PostHireFollowUp, seen: str, situation: str, on: date, note: str
) -> PostHireFollowUp:
    """Correct what a contact found; it passes the rules of the day it was written."""
    follow_up = _locked_call(actor, follow_up, seen)
    hired_on, today = follow_up.placement.started_on, timezone.localdate()
    was = steps.put(follow_up, {"situation": situation, "done_on": on, "note": note.strip()})
    if was:
        raise_refusals(
            contact_findings(
                on=on, hired_on=hired_on, due_on=follow_up.due_on, situation=situation, today=today
            )
        )
        steps.save(follow_up)
        trail.record(actor, "post_hire.corrected", follow_up, was=was)
    return follow_up


@transaction.atomic
def cancel_post_hire(
    *, actor: Actor, follow_up: PostHireFollowUp, seen: str, reason: str
) -> PostHireFollowUp:
    """Take back what a contact found, written by mistake: it is to be made again."""
    follow_up = _locked_call(actor, follow_up, seen)
    check_reason(reason)
    was = steps.put(follow_up, {"situation": "", "done_on": None, "note": ""})
    steps.save(follow_up)
    trail.record(actor, "post_hire.cancelled", follow_up, reason=reason, was=was)
    return follow_up


def _locked(actor: Actor, placement: Placement, seen: str) -> tuple[Placement, Exit]:
    """The hire again, under lock, with the exit it wrote."""
    placement = steps.lock(actor, placement)
    exit_ = placement.exit
    if exit_ is None or not may_correct_hire(actor, placement):
        raise NotPermitted("not_yours", _NOT_YOURS)
    steps.check_seen(placement, seen)
    return placement, exit_


def _locked_call(actor: Actor, follow_up: PostHireFollowUp, seen: str) -> PostHireFollowUp:
    follow_up = steps.lock(actor, follow_up)
    ensure(may_correct_calls(actor, follow_up.placement), "not_yours", _NOT_YOUR_CALL)
    if follow_up.done_on is None:
        raise Conflict("not_done_yet", "Ce contact n’est pas encore noté : il n’y a rien à corriger.")
    steps.check_seen(follow_up, seen)
    return follow_up
