"""« Entre deux »: people without a step today, and what to do about each."""

from __future__ import annotations

from typing import Any

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


@only(reads_the_day)
@require_safe
def between(request: ActorRequest) -> HttpResponse:
    """Everyone without contract today, with what is planned next; then whom one no longer watches."""
    actor, today = request.actor, timezone.localdate()
    rows = between_steps(actor, today)
    page = {
        "waiting": [row for row in rows if row.next_step is None],
        "planned": [row for row in rows if row.next_step is not None],
        "stopped": no_longer_watched(actor, today),
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
