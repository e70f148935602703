"""« Reporter au … »: the most common event of the job, one date away."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from backend.core.values.dates import days_after, french_date
from backend.web.access import only
from backend.web.requests import ActorRequest, where_from
from backend.web.submission import FormPage, answer_form, say_remarks
from pathways.models import Action, Appointment
from pathways.permissions import may_manage_people
from pathways.screens.goals.forms import PostponeActionForm, PostponeAppointmentForm
from pathways.services import postpone_action, postpone_appointment

USUAL_DAYS = 7
"""What is put off is most often put off by a week."""


@only(may_manage_people)
def action(request: ActorRequest, pk: int) -> HttpResponse:
    """Give an action another day."""
    row = get_object_or_404(Action.objects.visible_to(request.actor), pk=pk)
    today = timezone.localdate()
    initial = {"version": row.version, "due_on": days_after(max(row.due_on or today, today), USUAL_DAYS)}
    back = _back(request, row.beneficiary_id)

    def act(values: dict[str, Any]) -> str:
        postpone_action(actor=request.actor, action=row, **values)
        return back

    planned = f", prévue pour le {french_date(row.due_on)}" if row.due_on else ""
    page = FormPage(
        title="Reporter cette action",
        line=f"{row.beneficiary} : {row.label}{planned}",
        back=back,
        submit="Reporter",
        done="L’action est reportée.",
        version_now=lambda: Action.objects.get(pk=pk).version,
    )
    return answer_form(request, PostponeActionForm(request.POST or None, initial=initial), page, act)


@only(may_manage_people)
def appointment(request: ActorRequest, pk: int) -> HttpResponse:
    """Give an appointment another time."""
    row = get_object_or_404(Appointment.objects.visible_to(request.actor), pk=pk)
    back = _back(request, row.beneficiary_id)

    def act(values: dict[str, Any]) -> str:
        moved = postpone_appointment(actor=request.actor, appointment=row, **values)
        say_remarks(request, moved.remarks)
        return back

    at = timezone.localtime(row.starts_at)
    page = FormPage(
        title="Reporter ce rendez-vous",
        line=f"{row.beneficiary}, prévu le {french_date(at.date())} à {at:%H:%M}",
        back=back,
        submit="Reporter",
        done="Le rendez-vous est reporté.",
        about=row,
    )
    form = PostponeAppointmentForm(request.POST or None, initial={"starts_at": _a_week_later(row)})
    return answer_form(request, form, page, act)


def _a_week_later(row: Appointment) -> Any:
    """The same day of the week at the same hour, after today whatever the delay."""
    at, now = timezone.localtime(row.starts_at), timezone.localtime()
    weeks = max(0, (now - at).days // USUAL_DAYS) + 1
    return timezone.make_aware(datetime.combine(days_after(at.date(), USUAL_DAYS * weeks), at.time()))


def _back(request: ActorRequest, person_id: int) -> str:
    """To the day when the gesture was made from there, else to the person."""
    return where_from(request, otherwise=reverse("web:person", args=[person_id]))
