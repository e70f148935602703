"""Trainings: small forms over the person's page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from backend.core.values.text import of_name
from backend.files.services import attach
from backend.web.access import only
from backend.web.forms.base import CalmForm
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_form, say_remarks
from backend.web.undo import offer
from pathways.models import Beneficiary, Training
from pathways.permissions import may_change_training, may_manage_people
from pathways.screens.trainings.forms import (
    TrainingCancelForm,
    TrainingCorrectForm,
    TrainingFileForm,
    TrainingFinishForm,
    TrainingForm,
)
from pathways.services import cancel_training, correct_training, finish_training, record_training
from pathways.services.trainings import CORRECTED, TOLD, training_findings_of


@only(may_manage_people)
def training_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Write a training."""
    person = get_object_or_404(Beneficiary.objects.accompanied_by(request.actor), pk=pk)

    def act(values: dict[str, Any]) -> str:
        training = record_training(actor=request.actor, beneficiary=person, **values)
        say_remarks(request, training_findings_of(training))
        offer(request, training)
        return _back(pk)

    page = FormPage(
        title=f"Une formation pour {person}",
        line="À venir, en cours ou déjà faite ; comment elle s’est terminée se dit ensuite.",
        back=_back(pk),
        done="La formation est enregistrée.",
        adds=True,
    )
    return answer_form(request, TrainingForm(request.POST or None), page, act)


@only(may_manage_people)
def training_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct a training."""
    training = _own(request, pk)

    def act(values: dict[str, Any]) -> None:
        corrected = correct_training(actor=request.actor, training=training, **values)
        say_remarks(request, training_findings_of(corrected))

    form = TrainingCorrectForm(request.POST or None, initial=_known(training, CORRECTED))
    return _answer(request, training, form, act, "Corriger la formation", "La formation est corrigée.")


@only(may_manage_people)
def training_finish(request: ActorRequest, pk: int) -> HttpResponse:
    """Tell how it ended."""
    training = _own(request, pk)
    initial = _known(training, TOLD) | {"on": min(training.last_day, timezone.localdate())}

    def act(values: dict[str, Any]) -> None:
        finished = finish_training(actor=request.actor, training=training, **values)
        say_remarks(request, training_findings_of(finished))

    form = TrainingFinishForm(request.POST or None, initial=initial)
    return _answer(
        request, training, form, act, "La fin de la formation", "La fin de la formation est enregistrée."
    )


@only(may_manage_people)
@require_http_methods(["GET", "HEAD", "POST"])
def training_file(request: ActorRequest, pk: int) -> HttpResponse:
    """Join the certificate."""
    training = _own(request, pk)

    def act(values: dict[str, Any]) -> None:
        attach(actor=request.actor, row=training, sent=values["file"])

    form = TrainingFileForm(request.POST or None, request.FILES or None)
    return _answer(
        request, training, form, act, "Joindre le certificat de la formation", "Le certificat est joint.", adds=True
    )  # fmt: skip


@only(may_manage_people)
def training_cancel(request: ActorRequest, pk: int) -> HttpResponse:
    """Take back what was written by mistake."""
    training = _own(request, pk)

    def act(values: dict[str, Any]) -> None:
        cancel_training(actor=request.actor, training=training, **values)

    form = TrainingCancelForm(request.POST or None, initial=_known(training, ()))
    return _answer(
        request, training, form, act, "Annuler la formation", "La formation est annulée.",
        submit="Annuler la formation",
    )  # fmt: skip


def _answer(
    request: ActorRequest,
    training: Training,
    form: CalmForm,
    act: Callable[[dict[str, Any]], None],
    title: str,
    done: str,
    **options: Any,
) -> HttpResponse:
    back = _back(training.beneficiary_id)

    def act_and_go(values: dict[str, Any]) -> str:
        act(values)
        return back

    page = FormPage(
        title=f"{title} {of_name(training.beneficiary)}",
        line=f"« {training.title} »",
        back=back,
        done=done,
        version_now=lambda: Training.objects.get(pk=training.pk).version,
        **options,
    )
    return answer_form(request, form, page, act_and_go)


def _known(training: Training, names: tuple[str, ...]) -> dict[str, Any]:
    """What the form begins with; a form of several writers carries the version it read."""
    return {name: getattr(training, name) for name in (*names, "version")}


def _own(request: ActorRequest, pk: int) -> Training:
    """A training that stands, of somebody accompanied today."""
    seen = Training.objects.visible_to(request.actor).standing().select_related("beneficiary", "organisation")
    training = get_object_or_404(seen, pk=pk)
    if not may_change_training(request.actor, training):
        raise Http404
    return training


def _back(person_id: int) -> str:
    return f"{reverse('web:person', args=[person_id])}#formations"
