"""Goals, actions and appointments: their words and days corrected, or taken back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import ensure
from pathways.models import Action, Appointment, Beneficiary, Goal
from pathways.permissions import may_record_follow_up
from pathways.selectors.agenda import remarks_on
from pathways.services.appointments import check_is_free, check_is_to_come
from pathways.services.corrections.shared import check_reason, take_back
from pathways.services.goals import check_promise, check_same_person

_NOT_YOURS = "Seule l’équipe qui accompagne la personne aujourd’hui peut corriger ce qui est prévu avec elle."


@transaction.atomic
def correct_goal(
    *, actor: Actor, goal: Goal, version: int, label: str, origin: str, due_on: date | None
) -> Goal:
    """Correct the words, the origin or the day of a goal."""
    goal = steps.lock(actor, goal)
    _check_open(actor, goal.beneficiary)
    if not _differs(goal, label=label.strip(), origin=origin, due_on=due_on):
        return goal
    steps.check_version(goal, version)
    if due_on != goal.due_on:
        check_promise(due_on)
    _keep(actor, "goal.corrected", goal, {"label": label.strip(), "origin": origin, "due_on": due_on})
    return goal


@transaction.atomic
def cancel_goal(*, actor: Actor, goal: Goal, version: int, reason: str) -> None:
    """Take back a goal written by mistake; its actions stay, on their own."""
    goal = steps.lock(actor, goal)
    _check_open(actor, goal.beneficiary)
    steps.check_version(goal, version)
    check_reason(reason)
    for action in Action.objects.filter(goal=goal):
        action.goal = None
        action.version += 1
        steps.save(action)
    take_back(actor, "goal.cancelled", goal, reason)


@transaction.atomic
def correct_action(
    *, actor: Actor, action: Action, version: int, label: str, due_on: date | None, goal: Goal | None
) -> Action:
    """Correct the words, the day or the goal of an action."""
    action = steps.lock(actor, action)
    _check_open(actor, action.beneficiary)
    if not _differs(action, label=label.strip(), due_on=due_on, goal=goal):
        return action
    steps.check_version(action, version)
    check_same_person(action.beneficiary, goal)
    if due_on != action.due_on:
        check_promise(due_on)
    _keep(actor, "action.corrected", action, {"label": label.strip(), "due_on": due_on, "goal": goal})
    return action


@transaction.atomic
def cancel_action(*, actor: Actor, action: Action, version: int, reason: str) -> None:
    """Take back an action written by mistake."""
    action = steps.lock(actor, action)
    _check_open(actor, action.beneficiary)
    steps.check_version(action, version)
    check_reason(reason)
    take_back(actor, "action.cancelled", action, reason)


@transaction.atomic
def correct_appointment(
    *, actor: Actor, appointment: Appointment, seen: str, starts_at: datetime, purpose: str
) -> Appointment:
    """Correct the time or the reason of an appointment; one already settled keeps what became of it."""
    appointment = steps.lock(actor, appointment)
    _check_open(actor, appointment.beneficiary)
    steps.check_seen(appointment, seen)
    if starts_at == appointment.starts_at.replace(second=0, microsecond=0):
        starts_at = appointment.starts_at  # the browser's clock has no seconds: nothing was corrected
    if starts_at != appointment.starts_at:
        check_is_to_come(starts_at)
        check_is_free(appointment, starts_at)
    is_moved = starts_at != appointment.starts_at
    _keep(actor, "appointment.corrected", appointment, {"starts_at": starts_at, "purpose": purpose.strip()})
    appointment.remarks = remarks_on(actor, appointment) if is_moved else ()
    return appointment


@transaction.atomic
def cancel_appointment(*, actor: Actor, appointment: Appointment, seen: str, reason: str) -> None:
    """Take back an appointment written by mistake; the interview it led to stays. One called off is settled instead."""
    appointment = steps.lock(actor, appointment)
    _check_open(actor, appointment.beneficiary)
    steps.check_seen(appointment, seen)
    check_reason(reason)
    take_back(actor, "appointment.cancelled", appointment, reason)


def _check_open(actor: Actor, beneficiary: Beneficiary) -> None:
    ensure(may_record_follow_up(actor, beneficiary), "not_yours", _NOT_YOURS)


def _differs(row: Goal | Action, **said: Any) -> bool:
    return any(getattr(row, name) != value for name, value in said.items())


def _keep(actor: Actor, action: str, row: Goal | Action | Appointment, changes: dict[str, Any]) -> None:
    """Write what changed; the version was already counted where there is one."""
    counted = getattr(row, "version", None)
    was = steps.put(row, changes)
    if counted is not None:
        row.version = counted  # type: ignore[union-attr]
    if was:
        steps.save(row)
        trail.record(actor, action, row, was=was)
