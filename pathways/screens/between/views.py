"""« Entre deux »: people without a step today, and what to do about each."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from backend.web.access import only
from backend.web.permissions import reads_the_day
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_action, answer_form
from pathways.models import Beneficiary, WatchEnd
from pathways.permissions import may_manage_people, may_stop_watching
from pathways.screens.between.forms import StopWatchingForm
from pathways.selectors import between_steps, no_longer_watched
from pathways.services import stop_watching, watch_again

PER_PAGE = 40
STOPPED_SHOWN = 10
"""People one no longer watches, below those one does: the last decisions, the others on a page of their own."""


@only(reads_the_day)
@require_safe
def between(request: ActorRequest) -> HttpResponse:
    """Everyone without contract today, with what is planned next; then whom one no longer watches. Page by page."""
    actor, today = request.actor, timezone.localdate()
    rows, stopped = between_steps(actor, today), no_longer_watched(actor, today)
    is_stopped = "arretees" in request.GET
    shown = Paginator(stopped if is_stopped else rows, PER_PAGE).get_page(request.GET.get("page", "1"))
    waiting = sum(row.next_step is None for row in rows)
    page = {
        "page": shown,
        "is_stopped": is_stopped,
        "waiting": [row for row in shown if row.next_step is None],
        "has_closed": any(not row.is_open for row in shown if row.next_step is None),
        "planned": [row for row in shown if row.next_step is not None],
        "waiting_count": waiting,
        "planned_count": len(rows) - waiting,
        "stopped": shown if is_stopped else stopped[:STOPPED_SHOWN],
        "stopped_count": len(stopped),
        "has_more_stopped": not is_stopped and len(stopped) > STOPPED_SHOWN,
    }
    return render(request, "pathways/between/page.html", page)


@only(may_manage_people)
def stop(request: ActorRequest, pk: int) -> HttpResponse:
    """Say why nobody here watches this wait any more."""
    actor = request.actor
    person = get_object_or_404(Beneficiary.objects.visible_to(actor), pk=pk)
    if not may_stop_watching(actor, person):
        raise Http404

    def act(values: dict[str, Any]) -> str:
        stop_watching(actor=actor, beneficiary=person, **values)
        return reverse("web:between")

    page = FormPage(
        title=f"Ne plus suivre {person}",
        line="Son fil et vos chiffres ne changent pas. Elle quitte la liste « Entre deux » de votre structure, et y revient "
        "d’elle-même si une nouvelle étape se termine sans suite.",
        back=reverse("web:between"),
        submit="Ne plus suivre",
        done="C’est noté. « Suivre de nouveau » reste possible au bas de la page.",
    )
    return answer_form(request, StopWatchingForm(request.POST or None), page, act)


@only(may_manage_people)
@require_POST
def again(request: ActorRequest, pk: int) -> HttpResponse:
    """Watch the person again."""
    watch_end = get_object_or_404(WatchEnd.objects.visible_to(request.actor), pk=pk)
    return answer_action(
        request,
        act=lambda: watch_again(actor=request.actor, watch_end=watch_end),
        done="Cette personne est suivie de nouveau.",
        back=reverse("web:between"),
    )
