"""A VAE steered with the person: one certification, one stage after the other."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from backend.web.access import only
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_form
from competences.models import VaeProject
from competences.permissions import may_plan_vae
from competences.screens.vae.forms import VaeMoveForm, VaePlanForm
from competences.services import move_vae, plan_vae
from pathways.models import Beneficiary


@only(may_plan_vae)
def vae_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Aim at a certification."""
    person = get_object_or_404(Beneficiary.objects.accompanied_by(request.actor), pk=pk)
    back = reverse("web:person", args=[pk])

    def act(values: dict[str, Any]) -> str:
        plan_vae(actor=request.actor, beneficiary=person, **values)
        return back

    page = FormPage(title=f"Une VAE pour {person}", back=back, done="Le projet de VAE est noté.", adds=True)
    form = VaePlanForm(request.POST or None, initial={"on": timezone.localdate()})
    return answer_form(request, form, page, act)


@only(may_plan_vae)
def vae_move(request: ActorRequest, pk: int) -> HttpResponse:
    """Record the stage just reached."""
    project = get_object_or_404(VaeProject.objects.visible_to(request.actor), pk=pk)
    back = reverse("web:person", args=[project.beneficiary_id])
    initial = {"version": project.version, "on": timezone.localdate()}

    def act(values: dict[str, Any]) -> str:
        move_vae(actor=request.actor, project=project, **values)
        return back

    page = FormPage(
        title="Où en est la VAE",
        line=f"{project.beneficiary} · {project.certification} · {project.get_status_display()}",
        back=back,
        done="L’étape est notée.",
        version_now=lambda: VaeProject.objects.get(pk=pk).version,
    )
    return answer_form(
        request, VaeMoveForm(request.POST or None, initial=initial, project=project), page, act
    )
