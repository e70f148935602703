"""« Emporter vos données »: what the file holds, asked for, prepared apart, taken while it is kept."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from backend.core.actor import BRINGS_DATA_IN
from backend.core.errors import errors_on
from backend.core.jobs import FILES_KEPT_FOR, JobStatus
from backend.core.pages.pace import EXPORT, is_sent, paced
from backend.exchange import services
from backend.exchange.leaving.files import CONTENT_TYPES, named
from backend.exchange.leaving.structure import has_something, leaving_layouts
from backend.exchange.models import StructureCopy
from backend.exchange.permissions import knows_the_way_out
from backend.exchange.screens.forms import TakeAwayForm
from backend.organisations.models import Membership
from backend.organisations.permissions import may_bring_data_in
from backend.web.access import only
from backend.web.requests import ActorRequest

_LATEST = 5


@only(knows_the_way_out)
@require_safe
def taking_out(request: ActorRequest) -> HttpResponse:
    """What may be taken away, and the last files; who may, for the others."""
    if not may_bring_data_in(request.actor):
        seats = Membership.objects.visible_to(request.actor).live(timezone.now())
        context = {"managers": seats.filter(role__in=BRINGS_DATA_IN).select_related("user")}
        return render(request, "exchange/leaving/who_may.html", context)
    return _page(request, TakeAwayForm(actor=request.actor))


@only(may_bring_data_in)
@paced(EXPORT, when=is_sent)
@require_POST
def taking_out_ask(request: ActorRequest) -> HttpResponse:
    """Ask for the file, and go and see it being prepared."""
    form = TakeAwayForm(request.POST, actor=request.actor)
    if form.is_valid():
        with errors_on(form):
            values = form.cleaned_data
            job = services.ask_structure_copy(
                actor=request.actor, organisation=values["organisation"], format=values["format"]
            )
            return redirect("web:taking_out_job", pk=job.pk)
    return _page(request, form, status=422)


def _page(request: ActorRequest, form: TakeAwayForm, *, status: int = 200) -> HttpResponse:
    actor = request.actor
    context = {
        "form": form,
        "is_empty": not has_something(actor, actor.organisation_ids),
        "files": [(layout.title, layout.note) for layout in leaving_layouts()],
        "latest": StructureCopy.objects.visible_to(actor).select_related("organisation")[:_LATEST],
        "kept_days": FILES_KEPT_FOR.days,
    }
    return render(request, "exchange/leaving/page.html", context, status=status)


@only(may_bring_data_in)
@require_GET
def taking_out_job(request: ActorRequest, pk: str) -> HttpResponse:
    """Where the file stands; the page asks again by itself, or when it is refreshed."""
    job = _found(request, pk)
    context = {
        "job": job,
        "has_failed": job.status == JobStatus.FAILED,
        "counts": [(name.removesuffix(".csv"), lines) for name, lines in job.counts.items()],
        "kept_days": FILES_KEPT_FOR.days,
    }
    template = "_job" if request.htmx.target == "taking-out" else "job"
    return render(request, f"exchange/leaving/{template}.html", context)


@only(may_bring_data_in)
@require_GET
def taking_out_file(request: ActorRequest, pk: str) -> HttpResponse:
    """The file itself, for whoever asked, while it is kept; otherwise as if it had never been."""
    job = _found(request, pk)
    content = services.take_structure_copy(actor=request.actor, job=job)
    if content is None:
        raise Http404
    answer = HttpResponse(content, content_type=CONTENT_TYPES[job.format])
    answer["Content-Disposition"] = f'attachment; filename="{named(job)}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _found(request: ActorRequest, pk: str) -> StructureCopy:
    rows = StructureCopy.objects.visible_to(request.actor).select_related("organisation")
    return get_object_or_404(rows, pk=pk)
