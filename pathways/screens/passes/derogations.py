"""Derogations of a person, as they are typed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from backend.files.services import attach
from backend.web.access import only
from backend.web.kept.handed import RESUMES, hand_over, handed_over, way_back
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_form, say_remarks
from pathways.enums import Decider, DerogationMotive, RequestStatus
from pathways.models import Beneficiary, Derogation, Stay, Training
from pathways.permissions import may_change_derogation, may_manage_people, may_record_contract
from pathways.rules.derogations import SCOPES
from pathways.screens.passes.forms import (
    CancelForm,
    DecisionFileForm,
    DerogationAnswerForm,
    DerogationEditForm,
    NewDerogationForm,
)
from pathways.selectors.facts.leaning import left_bare, verdicts_around
from pathways.selectors.following.person import trainings_of
from pathways.selectors.outside.trainings import derogation_remarks
from pathways.services import answer_derogation, cancel_derogation, correct_derogation, record_derogation

_THEN = "Le contrat, lui, s’enregistre ensuite."
_AFTER_A_REFUSAL = (
    "Accordée, elle ramène à la page d’où vous venez : ce que vous y aviez saisi est gardé une heure."
)
_SAID = (
    "motive", "decider", "status", "asked_on", "decided_on", "starts_on", "ends_on", "training_ends_on",
    "other_employer", "refusal_reason", "document", "document_on", "version",
)  # fmt: skip


@only(may_manage_people)
def derogation_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Record a derogation of the structure of a stay."""
    actor = request.actor
    seen = Stay.objects.visible_to(actor).select_related("organisation", "beneficiary")
    stay = get_object_or_404(seen, pk=pk)
    if not (may_record_contract(actor, stay) and motives_in(stay.organisation.kind)):
        raise Http404
    today = timezone.localdate()
    if address := hand_over(request):
        return redirect(address)
    handed = handed_over(request, ("motive", "starts_on", "ends_on"))
    form = NewDerogationForm(
        request.POST or None,
        initial={"asked_on": today, "status": RequestStatus.ASKED} | handed,
        **_choices(stay.organisation.kind),
        trainings=_known_trainings(request, stay.beneficiary),
    )

    def act(values: dict[str, Any]) -> str:
        refused = values.pop(RESUMES)
        row = record_derogation(actor=actor, stay=stay, **values)
        say_remarks(request, derogation_remarks(actor, row))
        decisions = reverse("web:pass", args=[stay.beneficiary_id])
        return way_back(refused, otherwise=decisions) if row.status == RequestStatus.GRANTED else decisions

    page = FormPage(
        title=f"Une dérogation pour {stay.beneficiary}",
        line=f"{stay.organisation}. {_AFTER_A_REFUSAL if form[RESUMES].value() else _THEN}",
        back=reverse("web:pass", args=[stay.beneficiary_id]),
        done="La dérogation est enregistrée.",
        adds=True,
    )
    return answer_form(request, form, page, act)


@only(may_manage_people)
def derogation_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct a derogation."""
    row = _derogation(request, pk)
    form = DerogationEditForm(
        request.POST or None,
        initial={name: getattr(row, name) for name in _SAID},
        **_choices(row.organisation.kind),
        trainings=_known_trainings(request, row.beneficiary),
    )

    def act(values: dict[str, Any]) -> str:
        today = timezone.localdate()
        before = verdicts_around(row, today=today)
        corrected = correct_derogation(actor=request.actor, derogation=row, **values)
        say_remarks(request, derogation_remarks(request.actor, corrected))
        say_remarks(request, left_bare(row, before, today=today))
        return reverse("web:pass", args=[row.beneficiary_id])

    return answer_form(
        request, form, _form_page(row, "Corriger la dérogation", "La dérogation est corrigée."), act
    )


@only(may_manage_people)
def derogation_answer(request: ActorRequest, pk: int) -> HttpResponse:
    """Write what was answered."""
    row = _derogation(request, pk)
    initial = {name: getattr(row, name) for name in ("version", "document", "document_on")}
    initial |= {"decided_on": timezone.localdate()}

    def act(values: dict[str, Any]) -> str:
        answer_derogation(actor=request.actor, derogation=row, **values)
        return reverse("web:pass", args=[row.beneficiary_id])

    form = DerogationAnswerForm(request.POST or None, initial=initial)
    return answer_form(
        request, form, _form_page(row, "La réponse à la demande", "La réponse est enregistrée."), act
    )


@only(may_manage_people)
@require_http_methods(["GET", "HEAD", "POST"])
def derogation_file(request: ActorRequest, pk: int) -> HttpResponse:
    """Join its document."""
    row = _derogation(request, pk)

    def act(values: dict[str, Any]) -> str:
        attach(actor=request.actor, row=row, sent=values["file"])
        return reverse("web:pass", args=[row.beneficiary_id])

    form = DecisionFileForm(request.POST or None, request.FILES or None)
    page = _form_page(row, "Joindre la décision", "La pièce est jointe.", adds=True)
    return answer_form(request, form, page, act)


@only(may_manage_people)
def derogation_cancel(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a derogation back."""
    row = _derogation(request, pk)

    def act(values: dict[str, Any]) -> str:
        today = timezone.localdate()
        before = verdicts_around(row, today=today)
        cancel_derogation(actor=request.actor, derogation=row, **values)
        say_remarks(request, left_bare(row, before, today=today))
        return reverse("web:pass", args=[row.beneficiary_id])

    form = CancelForm(request.POST or None, initial={"version": row.version})
    page = _form_page(
        row, "Annuler la dérogation", "La dérogation est annulée.", submit="Annuler la dérogation"
    )
    return answer_form(request, form, page, act)


def motives_in(kind: str) -> list[DerogationMotive]:
    """Motives that exist in a structure of this kind."""
    return [motive for motive in DerogationMotive if kind in SCOPES[motive].kinds]


def _choices(kind: str) -> dict[str, Any]:
    motives = motives_in(kind)
    deciders = {decider for motive in motives for decider in SCOPES[motive].deciders_in(kind)}
    return {"motives": motives, "deciders": [each for each in Decider if each in deciders]}


def _known_trainings(request: ActorRequest, person: Beneficiary) -> list[Training]:
    """Those of the person that go on, or are to come: the end that a derogation may name is theirs."""
    today = timezone.localdate()
    return [each for each in trainings_of(request.actor, person.pk) if each.last_day >= today]


def _derogation(request: ActorRequest, pk: int) -> Derogation:
    seen = (
        Derogation.objects.visible_to(request.actor).standing().select_related("beneficiary", "organisation")
    )
    row = get_object_or_404(seen, pk=pk)
    if not may_change_derogation(request.actor, row):
        raise Http404
    return row


def _form_page(row: Derogation, title: str, done: str, **options: Any) -> FormPage:
    return FormPage(
        title=title,
        line=f"{row.beneficiary} · {row.get_motive_display()}",
        back=reverse("web:pass", args=[row.beneficiary_id]),
        done=done,
        version_now=lambda: Derogation.objects.get(pk=row.pk).version,
        **options,
    )
