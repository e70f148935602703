"""« Noter un suivi »: one click from wherever a person is shown, a sheet over the page, a draft as one types."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from backend.core.pages.keepers import only_reads
from backend.web.access import only
from backend.web.forms.search import search_of, to_results
from backend.web.kept.drafts import draft_of, drop_draft, initial_of, keep_draft
from backend.web.requests import ActorRequest, number_in_query
from backend.web.submission import FormPage, answer_form, say_remarks
from backend.web.undo import offer
from pathways.enums import AppointmentStatus, InterviewKind, InterviewMode
from pathways.models import Appointment, BarrierReading, Beneficiary
from pathways.permissions import may_keep_private_note, may_manage_people
from pathways.rules.follow_ups import kind_announced
from pathways.screens.follow_ups.forms import FollowUpForm, last_readings_in_words
from pathways.selectors import appointments_on, find_people, sources
from pathways.selectors.sources import gathered
from pathways.services import record_follow_up

MAX_FOUND = 12


@only_reads
@only(may_manage_people)
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: ActorRequest) -> HttpResponse:
    """Whose follow-up? Today's people first, anyone by name."""
    search = search_of(request)
    if request.method == "POST":
        return to_results(request, search)
    text = search.text
    people = Beneficiary.objects.accompanied_by(request.actor)
    context = {
        "text": text,
        "found": find_people(people, text)[:MAX_FOUND] if text else [],
        "appointments": appointments_on(request.actor, timezone.localdate()),
    }
    return render(request, "pathways/follow_ups/choose.html", context)


@only(may_manage_people)
def new(request: ActorRequest, pk: int) -> HttpResponse:
    """Record what was said, what changed and what comes next."""
    actor = request.actor
    person = get_object_or_404(Beneficiary.objects.accompanied_by(actor), pk=pk)
    appointment = _appointment(request, person)
    draft = draft_of(request, _draft_name(pk))
    readings = BarrierReading.objects.visible_to(actor).filter(beneficiary=person).order_by("read_on", "pk")
    form = FollowUpForm(
        request.POST or None,
        initial={**_announced(appointment), **_from_query(request), **initial_of(draft)},
        known_barriers=last_readings_in_words((each.theme, each.impact, each.read_on) for each in readings),
        keeps_notes=may_keep_private_note(actor),
    )

    def act(values: dict[str, Any]) -> str:
        recorded = record_follow_up(actor=actor, beneficiary=person, appointment=appointment, **values)
        say_remarks(request, recorded.remarks)
        offer(request, recorded)
        drop_draft(request, _draft_name(pk))
        return reverse("web:person", args=[pk])

    subjects = gathered(sources.subjects, actor, person)
    return answer_form(request, form, _page(person, draft, subjects), act)


@only(may_manage_people)
@require_POST
def draft(request: ActorRequest, pk: int) -> HttpResponse:
    """Keep what is being typed, or forget it when asked to start again."""
    person = get_object_or_404(Beneficiary.objects.accompanied_by(request.actor), pk=pk)
    if "forget" in request.POST:
        drop_draft(request, _draft_name(person.pk))
        return redirect("web:follow_up_new", person.pk)
    return HttpResponse(status=keep_draft(request, _draft_name(person.pk)).value)


def _draft_name(pk: int) -> str:
    return f"follow_up:{pk}"


def _page(person: Beneficiary, draft: Any, subjects: list[str]) -> FormPage:
    return FormPage(
        title=f"Noter un suivi avec {person}",
        back=reverse("web:person", args=[person.pk]),
        submit="Enregistrer le suivi",
        done="Le suivi est enregistré.",
        adds=True,
        fields="pathways/follow_ups/_fields.html",
        extra={
            "draft": draft,
            "draft_url": reverse("web:follow_up_draft", args=[person.pk]),
            "subjects": subjects,
        },
    )


def _announced(appointment: Appointment | None) -> dict[str, Any]:
    """What the appointment was taken for."""
    kind = kind_announced(appointment.purpose) if appointment else None
    return {"kind": kind} if kind else {}


def _from_query(request: ActorRequest) -> dict[str, Any]:
    """« Appeler » opens the sheet with the telephone already chosen, an exit with its last review."""
    mode, kind = request.GET.get("mode", ""), request.GET.get("type", "")
    return ({"mode": mode} if mode in InterviewMode.values else {}) | (
        {"kind": kind} if kind in InterviewKind.values else {}
    )


def _appointment(request: ActorRequest, person: Beneficiary) -> Appointment | None:
    """The appointment this follow-up answers: the one asked for, else the one planned today."""
    planned = Appointment.objects.visible_to(request.actor).filter(
        beneficiary=person, status=AppointmentStatus.PLANNED, interview__isnull=True
    )
    asked = number_in_query(request, "rendez_vous")
    if asked is not None:
        return planned.filter(pk=asked).first()
    return planned.filter(
        advisor_id=request.actor.user_id,
        starts_at__date=timezone.localdate(),
    ).first()
