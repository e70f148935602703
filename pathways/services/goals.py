"""Goals in the person's words, and the small steps that lead there."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from backend.accounts.models import User
from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import DomainError, ensure
from backend.core.findings import raise_refusals
from backend.core.values.plausible import promise_findings
from backend.organisations.models import Membership
from pathways.enums import ProgressStatus
from pathways.models import Action, Beneficiary, Goal, Interview
from pathways.permissions import may_record_follow_up
from pathways.rules import transitions

_NOT_YOURS = "Seule l’équipe d’accompagnement peut écrire les objectifs et les actions."


@transaction.atomic
def set_goal(
    *, actor: Actor, beneficiary: Beneficiary, label: str, origin: str, due_on: date | None = None
) -> Goal:
    """Write a goal, with who set it: the person, the advisor, or both together."""
    beneficiary = steps.lock(actor, beneficiary)
    ensure(may_record_follow_up(actor, beneficiary), "not_yours", _NOT_YOURS)
    check_promise(due_on)

    goal = steps.save(
        Goal(
            beneficiary=beneficiary,
            organisation_id=actor.organisation_id,
            label=label.strip(),
            origin=origin,
            due_on=due_on,
        )
    )
    trail.record(actor, "goal.set", goal, origin=goal.origin)
    return goal


@transaction.atomic
def change_goal(*, actor: Actor, goal: Goal, version: int, status: str, dropped_because: str = "") -> Goal:
    """Move a goal along; dropping it asks for the reason, which goes once it starts again.

    What it already says changes nothing; another reason for a goal already dropped is kept.
    """
    goal = steps.lock(actor, goal)
    ensure(may_record_follow_up(actor, goal.beneficiary), "not_yours", _NOT_YOURS)
    reason = dropped_because.strip() if status == ProgressStatus.DROPPED else ""
    if goal.status == status and reason in {"", goal.dropped_because}:
        return goal
    steps.check_version(goal, version)
    if goal.status != status:
        raise_refusals(
            transitions.transition_findings(transitions.PROGRESS, current=goal.status, asked=status)
        )
    raise_refusals(transitions.reason_findings(status=status, reason=reason, field="dropped_because"))

    goal.status, goal.dropped_because = status, reason
    steps.save(goal)
    trail.record(actor, "goal.changed", goal, status=goal.status)
    return goal


@transaction.atomic
def plan_action(
    *,
    actor: Actor,
    beneficiary: Beneficiary,
    label: str,
    due_on: date | None = None,
    goal: Goal | None = None,
    assignee: User | None = None,
    interview: Interview | None = None,
) -> Action:
    """Write who does what by when; without an assignee, whoever plans the action follows it."""
    beneficiary = steps.lock(actor, beneficiary)
    ensure(may_record_follow_up(actor, beneficiary), "not_yours", _NOT_YOURS)
    check_same_person(beneficiary, goal, interview)
    _check_assignee(actor, assignee)
    check_promise(due_on, made_on=timezone.localdate(interview.happened_at) if interview else None)

    action = steps.save(
        Action(
            beneficiary=beneficiary,
            organisation_id=actor.organisation_id,
            goal=goal,
            interview=interview,
            assignee_id=assignee.pk if assignee else actor.user_id,
            label=label.strip(),
            due_on=due_on,
        )
    )
    trail.record(actor, "action.planned", action)
    return action


@transaction.atomic
def settle_action(*, actor: Actor, action: Action, version: int, status: str, outcome: str = "") -> Action:
    """Say what became of an action and what came of it (« suites données », art. R5132-3 of the Code du travail).

    Dropping it asks for the reason in `outcome`. The status it already has changes nothing.
    """
    action = steps.lock(actor, action)
    ensure(may_record_follow_up(actor, action.beneficiary), "not_yours", _NOT_YOURS)
    if action.status == status and action.outcome == outcome.strip():
        return action
    steps.check_version(action, version)
    if action.status != status:
        raise_refusals(
            transitions.transition_findings(transitions.PROGRESS, current=action.status, asked=status)
        )
    raise_refusals(transitions.reason_findings(status=status, reason=outcome, field="outcome"))

    action.status, action.outcome = status, outcome.strip()
    steps.save(action)
    trail.record(actor, "action.settled", action, status=action.status)
    return action


@transaction.atomic
def postpone_action(*, actor: Actor, action: Action, version: int, due_on: date) -> Action:
    """Give an action another day, the former one kept in the trail; the day it already has changes nothing."""
    action = steps.lock(actor, action)
    ensure(may_record_follow_up(actor, action.beneficiary), "not_yours", _NOT_YOURS)
    was = action.due_on
    if was == due_on:
        return action
    steps.check_version(action, version)
    raise_refusals(
        transitions.postponing_findings(is_open=action.status in transitions.STILL_OPEN, field="due_on")
    )
    check_promise(due_on)

    action.due_on = due_on
    steps.save(action)
    trail.record(
        actor, "action.postponed", action, was=was.isoformat() if was else None, now=due_on.isoformat()
    )
    return action


def check_promise(due_on: date | None, *, field: str = "due_on", made_on: date | None = None) -> None:
    """Refuse a day already over, or one nobody can mean; `made_on` is the day of the promise, told afterwards."""
    if due_on is not None:
        raise_refusals(promise_findings(due_on, field=field, today=timezone.localdate(), made_on=made_on))


def check_same_person(beneficiary: Beneficiary, *links: Goal | Interview | None) -> None:
    """Refuse a goal or an interview of somebody else."""
    if any(link is not None and link.beneficiary_id != beneficiary.pk for link in links):
        raise DomainError(
            "another_person",
            "Cet objectif ou cet entretien concerne une autre personne. Choisissez-en un de cette fiche.",
            field="goal",
        )


def _check_assignee(actor: Actor, assignee: User | None) -> None:
    if assignee is None or actor.is_operator or assignee.pk == actor.user_id:
        return
    colleagues = Membership.objects.live(timezone.now()).filter(
        organisation_id__in=actor.thread_ids, user_id=assignee.pk
    )
    if not colleagues.exists():
        raise DomainError(
            "assignee_elsewhere",
            "Cette personne ne fait pas partie des équipes de votre groupe. Choisissez un collègue.",
            field="assignee",
        )
