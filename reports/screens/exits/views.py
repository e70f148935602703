"""« Sorties »: the figure, the people behind it, and taking it away."""

from __future__ import annotations

from typing import Any, cast

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from backend.core.errors import DomainError
from backend.core.jobs import FILES_KEPT_FOR
from backend.core.pages.pace import EXPORT, is_sent, paced
from backend.organisations.enums import SIAE_KINDS
from backend.organisations.models import Organisation
from backend.web.access import only
from backend.web.requests import ActorRequest
from pathways.permissions import follows_own_people, may_manage_people
from reports import services
from reports.exits.compute.period import Period
from reports.exits.published import has_moved_since, lines_of, network_table
from reports.models import ExportJob
from reports.models.export_job import ExportStatus
from reports.permissions import may_export, may_publish, reads_figures, reads_network_figures
from reports.screens.exits.forms import ExitPeriodForm, FinishedYearForm
from reports.screens.exits.page import ExitPage


@only(reads_figures)
@require_GET
def exits(request: ActorRequest) -> HttpResponse:
    """The figure with its parts and its people; masked figures by kind for the network."""
    if reads_network_figures(request.actor):
        return _network(request)
    today = timezone.localdate()
    covered = Organisation.objects.covered_by(request.actor).filter(kind__in=SIAE_KINDS)
    form = ExitPeriodForm(
        request.GET or {"annee": today.year},
        today=today,
        structures=[(place.pk, f"{place.name} ({place.kind})") for place in covered],
    )
    valid = form.is_valid()
    period = form.cleaned_data["period"] if valid else Period.of_year(today.year)
    chosen = form.cleaned_data.get("structure") if valid else None
    page = ExitPage(request.actor, period, covered.filter(pk=chosen or 0).first(), request.GET.get("vue", ""))
    query = request.GET.copy()
    for name in ("vue", "page"):
        query.pop(name, None)
    context = {
        "form": form,
        "exits": page,
        "people": page.people(request.GET.get("page", "1")),
        "query": query.urlencode(),
        "is_own_people": follows_own_people(request.actor),
        "may_publish": may_publish(request.actor),
        "may_complete": may_manage_people(request.actor),
    }
    template = (
        "reports/exits/_people.html" if request.htmx.target == "personnes" else "reports/exits/page.html"
    )
    return render(request, template, context, status=200 if valid else 422)


def _network(request: ActorRequest) -> HttpResponse:
    today = timezone.localdate()
    form = FinishedYearForm(request.GET or {"annee": today.year - 1}, today=today)
    valid = form.is_valid()
    year = (form.cleaned_data.get("annee") if valid else None) or today.year - 1
    table = network_table(request.actor, year)
    context: dict[str, Any] = {"form": form, "year": year, "table": table, "by_kind": True}
    if table is not None:
        *context["lines"], context["total"] = lines_of(table)
        context["has_moved"] = has_moved_since(table)
    return render(request, "reports/exits/network.html", context, status=200 if valid else 422)


@only(may_export)
@paced(EXPORT, when=is_sent)
@require_POST
def export(request: ActorRequest) -> HttpResponse:
    """Ask for the export of what the page shows, and go and see it being prepared."""
    wanted = {name: request.POST.get(name, "") for name in ("start", "end", "organisation")}
    try:
        job = services.request_export(
            actor=request.actor,
            kind="exits",
            format=request.POST.get("format", ""),
            parameters={**wanted, "organisation": wanted["organisation"] or None},
        )
    except DomainError as error:
        return render(request, "reports/exits/refused.html", {"message": error.message}, status=422)
    return redirect("web:exits_job", pk=job.pk)


@only(may_export)
@require_GET
def export_job(request: ActorRequest, pk: str) -> HttpResponse:
    """Where an export stands; the page asks again by itself, or when it is refreshed."""
    job = get_object_or_404(ExportJob.objects.visible_to(request.actor), pk=pk)
    context = {
        "job": job,
        "is_over": job.status in (ExportStatus.READY, ExportStatus.FAILED),
        "is_available": services.is_available(job),
        "kept_days": FILES_KEPT_FOR.days,
        "back": f"{reverse('web:exits')}?du={job.parameters['start']}&au={job.parameters['end']}",
    }
    template = "reports/exits/_job.html" if request.htmx.target == "export" else "reports/exits/job.html"
    return render(request, template, context)


@only(may_export)
@require_GET
def export_file(request: ActorRequest, pk: str) -> HttpResponse:
    """The file itself, for whoever asked, while it is kept; otherwise as if it had never been."""
    job = get_object_or_404(ExportJob.objects.visible_to(request.actor), pk=pk)
    path = services.download_export(actor=request.actor, job=job)
    if path is None:
        raise Http404
    name = f"sorties-{job.parameters['start']}-{job.parameters['end']}.{job.format}"
    return cast("HttpResponse", FileResponse(path.open("rb"), as_attachment=True, filename=name))
