"""Jobs made of tasks: composing one, seeing who could hold it, asking them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backend.audit import trail
from backend.core.errors import errors_on
from backend.organisations.models import Organisation
from backend.web.access import only
from backend.web.requests import ActorRequest, number_in_query
from backend.web.submission import FormPage, answer_form
from employers.models import JobProposal, WorkTask
from employers.permissions import may_ask_consent, may_work_with_employers
from employers.screens.proposals.forms import AskForm, ProposalEditForm, ProposalForm
from employers.screens.proposals.page import ProposalPage, week_of
from employers.services import ask_consent, change_proposal, propose_job
from pathways.models import Beneficiary
from pathways.selectors.rule_book import read_book

PER_PAGE = 25


@only(may_work_with_employers)
@require_safe
def proposals(request: ActorRequest) -> HttpResponse:
    """Every job composed with the employers of the group, newest first."""
    actor = request.actor
    rows = JobProposal.objects.visible_to(actor).prefetch_related("employers")
    rows = rows.annotate(size=Count("tasks", distinct=True)).order_by("-created_at", "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page", "1"))
    context = {"page": page, "may_write": may_work_with_employers(actor)}
    return render(request, "employers/proposals/list.html", context)


@only(may_work_with_employers)
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_new(request: ActorRequest) -> HttpResponse:
    """Put tasks together, of one employer or of several, and see the week they make."""
    actor = request.actor
    form = ProposalForm(
        request.POST or None,
        organisations=Organisation.objects.working_for(actor),
        tasks=_tasks(request),
        initial={"tasks": _suggested(request)},
    )

    def act(values: dict[str, Any]) -> str:
        return reverse("web:proposal", args=[propose_job(actor=actor, **values).pk])

    page = FormPage(
        title="Composer un poste",
        line="Cochez des tâches d’un ou de plusieurs employeurs ; la semaine se dessine.",
        back=reverse("web:proposals"),
        submit="Composer ce poste",
        done="Le poste est composé. Voyez qui pourrait le tenir.",
        adds=True,
        fields="employers/proposals/_compose_fields.html",
        extra={"week": _week(form)},
    )
    return _composed(request, form, page, act)


@only(may_work_with_employers)
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Recompose, rename or close a job."""
    actor, found = request.actor, _proposal(request, pk)
    known = {name: getattr(found, name) for name in ("title", "status", "version")}
    form = ProposalEditForm(
        request.POST or None,
        organisations=Organisation.objects.none(),
        tasks=_tasks(request),
        initial={**known, "tasks": list(found.tasks.values_list("pk", flat=True))},
    )

    def act(values: dict[str, Any]) -> str:
        change_proposal(actor=actor, proposal=found, **values)
        return reverse("web:proposal", args=[pk])

    page = FormPage(
        title="Modifier le poste",
        line=str(found),
        back=reverse("web:proposal", args=[pk]),
        done="Le poste est à jour.",
        fields="employers/proposals/_compose_fields.html",
        extra={"week": _week(form)},
        version_now=lambda: JobProposal.objects.get(pk=pk).version,
    )
    return _composed(request, form, page, act)


@only(may_work_with_employers)
@require_safe
def proposal(request: ActorRequest, pk: int) -> HttpResponse:
    """One job: its week, its tasks, who could hold it and where the answers stand."""
    page = _page(request, pk)
    if page.proposal.is_open:
        trail.record(request.actor, "job.people_ranked", page.proposal, people=len(page.people))
    return render(request, "employers/proposals/proposal.html", {"page": page, "proposal": page.proposal})


@only(may_ask_consent)
@require_POST
def proposal_ask(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask several people at once whether they agree to be shown."""
    actor, page = request.actor, _page(request, pk)
    form = AskForm(request.POST, people=Beneficiary.objects.accompanied_by(actor))
    if form.is_valid():
        with errors_on(form), transaction.atomic():
            for person in form.cleaned_data["people"]:
                ask_consent(actor=actor, proposal=page.proposal, beneficiary=person)
    if form.is_valid():
        messages.success(request, "La demande est posée. Notez ici la réponse dès que vous l’avez.")
        return redirect("web:proposal", pk)
    context = {"page": page, "proposal": page.proposal, "form": form}
    return render(request, "employers/proposals/proposal.html", context, status=422)


def _composed(request: ActorRequest, form: ProposalForm, page: FormPage, act: Any) -> HttpResponse:
    """The drawing alone while tasks are being ticked, the form otherwise."""
    if request.htmx.target == "week" or "preview" in request.POST:
        part = "employers/proposals/_week.html" if request.htmx else "web/forms/page.html"
        return render(request, part, {"form": form, "page": page, "is_preview": True, **page.extra})
    return answer_form(request, form, page, act)


def _week(form: ProposalForm) -> Any:
    chosen = form.chosen
    return week_of(chosen, book=read_book(), today=timezone.localdate()) if chosen else None


def _tasks(request: ActorRequest) -> Any:
    rows = WorkTask.objects.visible_to(request.actor)
    return rows.select_related("analysis__establishment__employer").order_by("pk")


def _suggested(request: ActorRequest) -> list[int]:
    """The tasks of the analysis one comes from, already ticked."""
    wanted = number_in_query(request, "analyse")
    if wanted is None:
        return []
    return list(_tasks(request).filter(analysis_id=wanted).values_list("pk", flat=True))


def _proposal(request: ActorRequest, pk: int) -> JobProposal:
    rows = JobProposal.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related("organisation"), pk=pk)


def _page(request: ActorRequest, pk: int) -> ProposalPage:
    return ProposalPage(request.actor, _proposal(request, pk), timezone.localdate())
