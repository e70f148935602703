"""Goals, actions and appointments: small forms over the person's page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from backend.core.pages.addresses import Gesture, address_of
from backend.core.values.dates import french_date
from backend.web.access import only
from backend.web.requests import ActorRequest
from backend.web.submission import Also, FormPage, answer_form, say_remarks
from pathways.enums import AppointmentStatus
from pathways.models import Action, Appointment, Beneficiary, Goal
from pathways.permissions import may_manage_people
from pathways.rules.transitions import STILL_OPEN
from pathways.screens.goals.forms import (
    ActionForm,
    ActionProgressForm,
    AppointmentForm,
    AppointmentOutcomeForm,
    GoalForm,
    GoalProgressForm,
)
from pathways.services import (
    change_goal,
    plan_action,
    plan_appointment,
    set_goal,
    settle_action,
    settle_appointment,
)


def postpone(row: Action | Appointment) -> Also:
    """The other thing that happens to what was planned: it takes place later."""
    return Also("Reporter", address_of(row, Gesture.POSTPONE))


def _person(request: ActorRequest, pk: int) -> Beneficiary:
    return get_object_or_404(Beneficiary.objects.accompanied_by(request.actor), pk=pk)


def _back(person_id: int) -> str:
    return reverse("web:person", args=[person_id])


@only(may_manage_people)
def goal_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Write a goal with the person."""
    person = _person(request, pk)

    def act(values: dict[str, Any]) -> str:
        set_goal(actor=request.actor, beneficiary=person, **values)
        return _back(pk)

    page = FormPage(
        title=f"Un objectif pour {person}", back=_back(pk), done="L’objectif est noté.", adds=True
    )
    return answer_form(request, GoalForm(request.POST or None), page, act)


@only(may_manage_people)
def goal_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Say where a goal stands."""
    goal = get_object_or_404(Goal.objects.visible_to(request.actor), pk=pk)
    known = {name: getattr(goal, name) for name in ("version", "status", "dropped_because")}
    form = GoalProgressForm(request.POST or None, initial=known, current=goal.status)

    def act(values: dict[str, Any]) -> str:
        change_goal(actor=request.actor, goal=goal, **values)
        return _back(goal.beneficiary_id)

    page = FormPage(
        title="Où en est cet objectif",
        line=f"{goal.beneficiary} : {goal.label}",
        back=_back(goal.beneficiary_id),
        done="L’objectif est à jour.",
        version_now=lambda: Goal.objects.get(pk=pk).version,
    )
    return answer_form(request, form, page, act)


@only(may_manage_people)
def action_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Write who does what by when."""
    person = _person(request, pk)
    goals = Goal.objects.visible_to(request.actor).filter(beneficiary=person, status__in=STILL_OPEN)

    def act(values: dict[str, Any]) -> str:
        plan_action(actor=request.actor, beneficiary=person, **values)
        return _back(pk)

    page = FormPage(title=f"Une action pour {person}", back=_back(pk), done="L’action est notée.", adds=True)
    return answer_form(request, ActionForm(request.POST or None, goals=goals), page, act)


@only(may_manage_people)
def action_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Say what became of an action."""
    action = get_object_or_404(Action.objects.visible_to(request.actor), pk=pk)
    initial = {"version": action.version, "status": action.status, "outcome": action.outcome}
    form = ActionProgressForm(request.POST or None, initial=initial, current=action.status)

    def act(values: dict[str, Any]) -> str:
        settle_action(actor=request.actor, action=action, **values)
        return _back(action.beneficiary_id)

    page = FormPage(
        title="Où en est cette action",
        line=f"{action.beneficiary} : {action.label}",
        back=_back(action.beneficiary_id),
        done="L’action est à jour.",
        also=postpone(action) if action.status in STILL_OPEN else None,
        version_now=lambda: Action.objects.get(pk=pk).version,
    )
    return answer_form(request, form, page, act)


@only(may_manage_people)
def appointment_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Set a time to meet."""
    person = _person(request, pk)

    def act(values: dict[str, Any]) -> str:
        planned = plan_appointment(actor=request.actor, beneficiary=person, **values)
        say_remarks(request, planned.remarks)
        return _back(pk)

    page = FormPage(
        title=f"Un rendez-vous avec {person}", back=_back(pk), done="Le rendez-vous est pris.", adds=True
    )
    return answer_form(request, AppointmentForm(request.POST or None), page, act)


@only(may_manage_people)
def appointment_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Say what became of an appointment."""
    actor = request.actor
    appointment = get_object_or_404(Appointment.objects.visible_to(actor), pk=pk)

    def act(values: dict[str, Any]) -> str:
        settle_appointment(actor=actor, appointment=appointment, **values)
        return _back(appointment.beneficiary_id)

    page = FormPage(
        title="Ce rendez-vous a-t-il eu lieu ?",
        line=f"{appointment.beneficiary}, le {french_date(timezone.localdate(appointment.starts_at))}",
        back=_back(appointment.beneficiary_id),
        done="Le rendez-vous est à jour.",
        about=appointment,
        also=postpone(appointment) if appointment.status == AppointmentStatus.PLANNED else None,
    )
    return answer_form(
        request, AppointmentOutcomeForm(request.POST or None, current=appointment.status), page, act
    )
