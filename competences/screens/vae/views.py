"""A VAE steered with the person: its page, then one thing that happened after the other."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from backend.core.values.numbers import whole_number
from backend.web.access import only
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_form, say_remarks
from competences.enums import VaeStepKind
from competences.models import Certification, VaeProject, VaeStep
from competences.permissions import may_plan_vae
from competences.rules.vae.table import possible_kinds
from competences.screens.vae.forms import (
    VaeCancelForm,
    VaeCorrectForm,
    VaeDeclineForm,
    VaeDescribeForm,
    VaePlanForm,
    VaeStepForm,
)
from competences.screens.vae.stepper import card_of
from competences.selectors.certifications.catalogue import blocs_of
from competences.selectors.vae import on_a_day, with_steps
from competences.services import (
    cancel_vae_step,
    correct_vae_step,
    decline_vae,
    describe_vae,
    move_vae,
    plan_vae,
)
from competences.services.vae import DESCRIBED, StepSaid
from pathways.models import Beneficiary
from pathways.selectors.rule_book import read_book

_SAID = (*(each.name for each in fields(StepSaid)), "on")


@only(may_plan_vae)
@require_safe
def vae_page(request: ActorRequest, pk: int) -> HttpResponse:
    """Every VAE of a person: the line, what runs, who is late, the whole history."""
    person = get_object_or_404(Beneficiary.objects.accompanied_by(request.actor), pk=pk)
    projects = with_steps(VaeProject.objects.visible_to(request.actor).filter(beneficiary=person))
    book, today = read_book(), timezone.localdate()
    cards = [card_of(on_a_day(project, today=today, book=book)) for project in projects]
    return render(request, "competences/vae/page.html", {"person": person, "cards": cards, "today": today})


@only(may_plan_vae)
@require_http_methods(["GET", "POST"])
def vae_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Aim at a certification."""
    person = get_object_or_404(Beneficiary.objects.accompanied_by(request.actor), pk=pk)
    back = _page_of(pk)

    def act(values: dict[str, Any]) -> str:
        plan_vae(actor=request.actor, beneficiary=person, **values)
        return back

    page = FormPage(title=f"Une VAE pour {person}", back=back, done="Le projet de VAE est noté.", adds=True)
    form = VaePlanForm(request.POST or None, initial={"on": timezone.localdate(), **_aimed_at(request)})
    return answer_form(request, form, page, act)


@only(may_plan_vae)
@require_http_methods(["GET", "POST"])
def vae_describe(request: ActorRequest, pk: int) -> HttpResponse:
    """Say how a file is carried."""
    project = _project(request, pk)
    initial = {name: getattr(project, name) for name in DESCRIBED} | {"version": project.version}

    def act(values: dict[str, Any]) -> str:
        say_remarks(request, describe_vae(actor=request.actor, project=project, **values))
        return _page_of(project.beneficiary_id)

    page = _form_page(project, "Comment la VAE est portée", "C’est enregistré.")
    return answer_form(request, VaeDescribeForm(request.POST or None, initial=initial), page, act)


@only(may_plan_vae)
@require_http_methods(["GET", "POST"])
def vae_move(request: ActorRequest, pk: int) -> HttpResponse:
    """Write down what happened; without a kind, choose it first."""
    project = _project(request, pk)
    kind = _kind(request)
    if kind is None:
        return _choose(request, project)
    initial = {"version": project.version, "kind": kind, "on": timezone.localdate()}

    def act(values: dict[str, Any]) -> str:
        _, found = move_vae(actor=request.actor, project=project, **values)
        say_remarks(request, found)
        return _page_of(project.beneficiary_id)

    form = VaeStepForm(request.POST or None, initial=initial, kind=kind, blocs=blocs_of(project.reference))
    return answer_form(request, form, _form_page(project, kind.label, "L’étape est notée."), act)


@only(may_plan_vae)
@require_http_methods(["GET", "POST"])
def vae_correct(request: ActorRequest, pk: int) -> HttpResponse:
    """Say a step again as it should have been."""
    step = _step(request, pk)
    kind = VaeStepKind(step.kind)
    initial = {name: getattr(step, name) for name in _SAID}
    initial |= {"version": step.project.version, "kind": kind}

    def act(values: dict[str, Any]) -> str:
        _, found = correct_vae_step(actor=request.actor, project=step.project, step=step, **values)
        say_remarks(request, found)
        return _page_of(step.project.beneficiary_id)

    blocs = blocs_of(step.project.reference)
    form = VaeCorrectForm(request.POST or None, initial=initial, kind=kind, blocs=blocs)
    page = _form_page(step.project, f"Corriger : {kind.label}", "L’étape est corrigée.")
    return answer_form(request, form, page, act)


@only(may_plan_vae)
@require_http_methods(["GET", "POST"])
def vae_cancel(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a step back."""
    step = _step(request, pk)

    def act(values: dict[str, Any]) -> str:
        cancel_vae_step(actor=request.actor, project=step.project, step=step, **values)
        return _page_of(step.project.beneficiary_id)

    form = VaeCancelForm(request.POST or None, initial={"version": step.project.version})
    page = _form_page(step.project, f"Annuler : {step.get_kind_display()}", "L’étape est annulée.")
    return answer_form(request, form, page, act)


@only(may_plan_vae)
@require_http_methods(["GET", "POST"])
def vae_decline(request: ActorRequest, pk: int) -> HttpResponse:
    """The person says no to a proposal: it goes, without a trace."""
    project = _project(request, pk)

    def act(values: dict[str, Any]) -> str:
        decline_vae(actor=request.actor, project=project, **values)
        return reverse("web:person", args=[project.beneficiary_id])

    page = _form_page(
        project,
        "La personne ne souhaite pas de VAE",
        "La proposition est retirée, sans trace.",
        submit="Retirer la proposition",
    )
    return answer_form(
        request, VaeDeclineForm(request.POST or None, initial={"version": project.version}), page, act
    )


def _project(request: ActorRequest, pk: int) -> VaeProject:
    return get_object_or_404(VaeProject.objects.visible_to(request.actor), pk=pk)


def _step(request: ActorRequest, pk: int) -> VaeStep:
    steps = (
        VaeStep.objects.visible_to(request.actor)
        .standing()
        .select_related("project__beneficiary", "project__reference")
    )
    return get_object_or_404(steps, pk=pk)


def _aimed_at(request: ActorRequest) -> dict[str, Any]:
    """The certification that the page one comes from was about."""
    number = whole_number(request.GET.get("certification", ""))
    found = Certification.objects.visible_to(request.actor).filter(pk=number or 0).first()
    return {"certification": str(found)[:200], "reference": found} if found else {}


def _page_of(person_id: int) -> str:
    return reverse("web:vae", args=[person_id])


def _form_page(project: VaeProject, title: str, done: str, submit: str = "Enregistrer") -> FormPage:
    return FormPage(
        title=title,
        line=f"{project.beneficiary} · {project.certification}",
        back=_page_of(project.beneficiary_id),
        done=done,
        submit=submit,
        version_now=lambda: VaeProject.objects.get(pk=project.pk).version,
    )


def _kind(request: ActorRequest) -> VaeStepKind | None:
    asked = request.POST.get("kind") or request.GET.get("etape")
    if not asked:
        return None
    if asked not in VaeStepKind.values:
        raise Http404
    return VaeStepKind(asked)


def _choose(request: ActorRequest, project: VaeProject) -> HttpResponse:
    """Every step that may follow, as touches; the likeliest stand on the page itself."""
    day = on_a_day(
        with_steps(VaeProject.objects.filter(pk=project.pk)).get(),
        today=timezone.localdate(),
        book=read_book(),
    )
    kinds = possible_kinds(day.reading.status)
    template = "competences/vae/_choose.html" if request.htmx else "competences/vae/choose.html"
    context = {"project": project, "kinds": kinds, "back": _page_of(project.beneficiary_id)}
    return render(request, template, context)
