"""Immersions (PMSMP): small forms over the person's page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from backend.core.values.dates import day_after
from backend.core.values.text import of_name
from backend.web.access import only
from backend.web.forms.base import CalmForm
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_form, say_remarks
from pathways.models import Beneficiary, Immersion
from pathways.permissions import may_manage_people, may_record_immersion
from pathways.screens.immersions.forms import (
    ImmersionCancelForm,
    ImmersionCorrectForm,
    ImmersionEndForm,
    ImmersionForm,
    ImmersionRenewForm,
    ImmersionReviewForm,
)
from pathways.services import (
    cancel_immersion,
    correct_immersion,
    end_immersion,
    record_immersion,
    renew_immersion,
    review_immersion,
)
from pathways.services.immersions import immersion_findings_of

_SAID = (
    "prescriber", "host_name", "host_town", "host_siret", "tutor_name", "tutor_role", "purpose", "objectives",
    "started_on", "planned_end_on", "hours", "ended_on",
)  # fmt: skip


@only(may_manage_people)
def immersion_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Write a convention."""
    person = get_object_or_404(Beneficiary.objects.accompanied_by(request.actor), pk=pk)

    def act(values: dict[str, Any]) -> str:
        immersion = record_immersion(actor=request.actor, beneficiary=person, **values)
        say_remarks(request, immersion_findings_of(immersion))
        return _back(pk)

    page = FormPage(
        title=f"Une immersion pour {person}",
        line="Une convention de mise en situation en milieu professionnel (PMSMP).",
        back=_back(pk),
        done="L’immersion est enregistrée.",
        adds=True,
    )
    return answer_form(request, ImmersionForm(request.POST or None), page, act)


@only(may_manage_people)
def immersion_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct a convention."""
    immersion = _own(request, pk)
    initial = {name: getattr(immersion, name) for name in _SAID}

    def act(values: dict[str, Any]) -> None:
        corrected = correct_immersion(actor=request.actor, immersion=immersion, **values)
        say_remarks(request, immersion_findings_of(corrected))

    return _answer(
        request,
        immersion,
        ImmersionCorrectForm,
        act,
        initial,
        "Corriger l’immersion",
        "L’immersion est corrigée.",
    )


@only(may_manage_people)
def immersion_renew(request: ActorRequest, pk: int) -> HttpResponse:
    """Renew it once, from the day after its end."""
    immersion = _own(request, pk)
    initial = {"started_on": day_after(immersion.last_day)}

    def act(values: dict[str, Any]) -> None:
        renewal = renew_immersion(actor=request.actor, immersion=immersion, **values)
        say_remarks(request, immersion_findings_of(renewal))

    return _answer(
        request, immersion, ImmersionRenewForm, act, initial, "Renouveler l’immersion",
        "Le renouvellement est enregistré.",
    )  # fmt: skip


@only(may_manage_people)
def immersion_end(request: ActorRequest, pk: int) -> HttpResponse:
    """Say that it was cut short."""
    immersion = _own(request, pk)
    initial = {"on": min(immersion.last_day, timezone.localdate())}

    def act(values: dict[str, Any]) -> None:
        end_immersion(actor=request.actor, immersion=immersion, **values)

    return _answer(
        request, immersion, ImmersionEndForm, act, initial, "Fin anticipée de l’immersion",
        "La fin de l’immersion est enregistrée.",
    )  # fmt: skip


@only(may_manage_people)
def immersion_review(request: ActorRequest, pk: int) -> HttpResponse:
    """Write what was said of it."""
    immersion = _own(request, pk)
    initial = {
        "reviewed_on": immersion.reviewed_on or min(immersion.last_day, timezone.localdate()),
        "tutor_review": immersion.tutor_review,
        "person_review": immersion.person_review,
    }

    def act(values: dict[str, Any]) -> None:
        review_immersion(actor=request.actor, immersion=immersion, **values)

    return _answer(
        request,
        immersion,
        ImmersionReviewForm,
        act,
        initial,
        "Bilan de l’immersion",
        "Le bilan est enregistré.",
    )


@only(may_manage_people)
def immersion_cancel(request: ActorRequest, pk: int) -> HttpResponse:
    """Take back what was written by mistake."""
    immersion = _own(request, pk)

    def act(values: dict[str, Any]) -> None:
        cancel_immersion(actor=request.actor, immersion=immersion, **values)

    return _answer(
        request, immersion, ImmersionCancelForm, act, {}, "Annuler cette immersion", "L’immersion est annulée.",
        submit="Annuler l’immersion",
    )  # fmt: skip


def _answer(
    request: ActorRequest,
    immersion: Immersion,
    form: type[CalmForm],
    act: Callable[[dict[str, Any]], None],
    initial: dict[str, Any],
    title: str,
    done: str,
    submit: str = "Enregistrer",
) -> HttpResponse:
    back = _back(immersion.beneficiary_id)

    def act_and_go(values: dict[str, Any]) -> str:
        act(values)
        return back

    page = FormPage(
        title=f"{title} {of_name(immersion.beneficiary)}",
        line=f"Chez {immersion.host_name}",
        back=back,
        done=done,
        submit=submit,
        version_now=lambda: Immersion.objects.get(pk=immersion.pk).version,
    )
    bound = form(request.POST or None, initial=initial | {"version": immersion.version})
    return answer_form(request, bound, page, act_and_go)


def _own(request: ActorRequest, pk: int) -> Immersion:
    """A convention that stands, of somebody accompanied today."""
    seen = (
        Immersion.objects.visible_to(request.actor).standing().select_related("beneficiary", "organisation")
    )
    immersion = get_object_or_404(seen, pk=pk)
    if not may_record_immersion(request.actor, immersion.beneficiary):
        raise Http404
    return immersion


def _back(person_id: int) -> str:
    return f"{reverse('web:person', args=[person_id])}#immersions"
