"""« Reprendre vos tableurs »: choose files, see what would happen, then let the good lines in."""

from __future__ import annotations

from typing import cast

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST, require_safe

from backend.core.errors import DomainError, errors_on
from backend.exchange import services
from backend.exchange.guide import guide, model_workbook
from backend.exchange.models import ImportJob
from backend.exchange.screens.forms import ImportForm
from backend.exchange.screens.page import ImportPage, decisions_of, grouped_targets
from backend.organisations.permissions import may_bring_data_in
from backend.organisations.selectors.groups import same_group
from backend.web.access import only
from backend.web.requests import ActorRequest

_LATEST = 5
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@only(may_bring_data_in)
def imports(request: ActorRequest) -> HttpResponse:
    """Choose a structure and files; once received they are checked, and nothing is kept yet."""
    actor = request.actor
    is_sent = request.method == "POST"
    form = ImportForm(request.POST if is_sent else None, request.FILES if is_sent else None, actor=actor)
    if is_sent and form.is_valid():
        with errors_on(form):
            values = form.cleaned_data
            job = services.request_import(
                actor=actor, organisation=values["organisation"], files=values["spreadsheets"]
            )
            return redirect("web:import", pk=job.pk)
    latest = ImportJob.objects.visible_to(actor).select_related("organisation")[:_LATEST]
    context = {"form": form, "guide": guide(), "latest": latest}
    return render(request, "exchange/imports/page.html", context, status=422 if is_sent else 200)


@only(may_bring_data_in)
@require_GET
def import_model(request: ActorRequest) -> HttpResponse:
    """An empty workbook with the expected sheets and titles."""
    answer = HttpResponse(model_workbook(), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="modele-passerelles.xlsx"'
    return answer


@only(may_bring_data_in)
@require_safe
def import_job(request: ActorRequest, pk: str) -> HttpResponse:
    """Where an import stands; the page asks again by itself, or when it is refreshed."""
    return _show(request, _found(request, pk))


@only(may_bring_data_in)
@require_POST
def import_confirm(request: ActorRequest, pk: str) -> HttpResponse:
    """Let in what was just checked."""
    job = _found(request, pk)
    try:
        services.confirm_import(actor=request.actor, job=job, decisions=decisions_of(request.POST))
    except DomainError as error:
        return _show(request, job, refusal=error.message, status=422)
    return redirect("web:import", pk=job.pk)


@only(may_bring_data_in)
@require_GET
def import_report(request: ActorRequest, pk: str) -> HttpResponse:
    """The whole report, for whoever asked, while it is kept; otherwise as if it had never been."""
    path = services.download_report(actor=request.actor, job=_found(request, pk))
    if path is None:
        raise Http404
    answer = FileResponse(path.open("rb"), as_attachment=True, filename="rapport-de-reprise.csv")
    return cast("HttpResponse", answer)


@only(may_bring_data_in)
@require_GET
def import_lines(request: ActorRequest, pk: str) -> HttpResponse:
    """Every line as it was sent, with what became of it, as a workbook; for whoever asked, while it is kept."""
    path = services.download_lines(actor=request.actor, job=_found(request, pk))
    if path is None:
        raise Http404
    answer = FileResponse(path.open("rb"), as_attachment=True, filename="lignes-de-la-reprise.xlsx")
    return cast("HttpResponse", answer)


@only(may_bring_data_in)
def import_columns(request: ActorRequest, pk: str) -> HttpResponse:
    """« Faites correspondre vos colonnes »: what each column of theirs is; the page answers to each choice."""
    job = _found(request, pk)
    tables = services.asked_tables(job)
    if not tables or not services.is_kept(job):
        return redirect("web:import", pk=job.pk)
    refusal, status = "", 200
    if request.method == "POST":
        chosen = services.choices_sent(tables, request.POST.dict())  # type: ignore[arg-type]
        tables = services.asked_tables(job, chosen)
        if "look" not in request.POST:
            try:
                services.choose_columns(
                    actor=request.actor, job=job, choices=chosen, is_shared="is_shared" in request.POST
                )
            except DomainError as error:
                refusal, status = error.message, 422
            else:
                return redirect("web:import", pk=job.pk)
    context = {
        "job": job,
        "tables": tables,
        "choices": grouped_targets(),
        "refusal": refusal,
        "has_group": same_group(job.organisation_id).exists(),
        "is_shared": "is_shared" in request.POST,
    }
    is_part = request.htmx.target == "columns"
    return render(
        request, f"exchange/imports/columns/{'_match' if is_part else 'match'}.html", context, status=status
    )


def _found(request: ActorRequest, pk: str) -> ImportJob:
    return get_object_or_404(
        ImportJob.objects.visible_to(request.actor).select_related("organisation"), pk=pk
    )


def _show(request: ActorRequest, job: ImportJob, *, refusal: str = "", status: int = 200) -> HttpResponse:
    template = (
        "exchange/imports/job/_job.html"
        if request.htmx.target == "import"
        else "exchange/imports/job/job.html"
    )
    context = {"job": job, "import": ImportPage(job, request.actor), "refusal": refusal}
    return render(request, template, context, status=status)
