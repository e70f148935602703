"""« Ce chantier » : naming the gestures of a work, correcting the list, adding one found in a search."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backend.core.tables.ordering import Alphabetical
from backend.web.access import only
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_action, answer_form
from competences.models import Competence, GestureList, GestureListLine
from competences.permissions import may_keep_gestures
from competences.screens.observe.forms import GestureListEditForm, GestureListForm
from competences.screens.observe.gestures import gestures_of_trades, trades_at_work
from competences.screens.observe.views import TOGETHER
from competences.services import correct_gestures, keep_gestures

OFFERED = 60


@only(may_keep_gestures)
@require_safe
def gesture_lists(request: ActorRequest) -> HttpResponse:
    """The lists kept in the structure, those put aside last."""
    rows = GestureList.objects.visible_to(request.actor).order_by("is_put_aside", Alphabetical("label"), "pk")
    lists = rows.select_related("author").prefetch_related("lines__competence")
    return render(request, "competences/observe/lists.html", {"lists": lists})


@only(may_keep_gestures)
@require_http_methods(["GET", "POST"])
def gesture_list_new(request: ActorRequest) -> HttpResponse:
    """A name, and the gestures ticked among those of the trades at work here."""

    def act(values: dict[str, Any]) -> str:
        return _shown(keep_gestures(actor=request.actor, **values))

    page = FormPage(
        title="Nouvelle liste « ce chantier »",
        line="Les gestes de ce travail, gardés sous un nom et repris chaque fois qu’il revient.",
        back=reverse("web:gesture_lists"),
        done="La liste est gardée.",
        adds=True,
    )
    form = GestureListForm(request.POST or None, offered=_offered(request))
    return answer_form(request, form, page, act)


@only(may_keep_gestures)
@require_http_methods(["GET", "POST"])
def gesture_list_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Say a list again: its name, its gestures, or that it is proposed no more."""
    kept = _kept(request, pk)
    held = _held(kept)
    initial = {
        "label": kept.label, "competences": held, "is_put_aside": kept.is_put_aside, "version": kept.version
    }  # fmt: skip

    def act(values: dict[str, Any]) -> str:
        corrected = correct_gestures(actor=request.actor, kept=kept, **values)
        return reverse("web:gesture_lists") if corrected.is_put_aside else _shown(corrected)

    page = FormPage(
        title="Corriger la liste",
        line=kept.label,
        back=reverse("web:gesture_lists"),
        done="La liste est corrigée.",
        version_now=lambda: GestureList.objects.get(pk=pk).version,
    )
    offered = list(dict.fromkeys([*held, *_offered(request)]))
    form = GestureListEditForm(request.POST or None, initial=initial, offered=offered)
    return answer_form(request, form, page, act)


@only(may_keep_gestures)
@require_POST
def gesture_list_add(request: ActorRequest, pk: int, competence_pk: int) -> HttpResponse:
    """Keep one more gesture, found in a search."""
    kept = _kept(request, pk)
    more = get_object_or_404(Competence.objects.choosable(), pk=competence_pk)
    held = Competence.objects.filter(pk__in=_held(kept))
    return answer_action(
        request,
        act=lambda: correct_gestures(
            actor=request.actor, kept=kept, version=kept.version, competences=[*held, more]
        ),
        done="Le geste est ajouté à la liste.",
        back=_shown(kept),
    )


def _kept(request: ActorRequest, pk: int) -> GestureList:
    return get_object_or_404(GestureList.objects.visible_to(request.actor), pk=pk)


def _held(kept: GestureList) -> list[int]:
    return list(GestureListLine.objects.filter(gesture_list=kept).values_list("competence_id", flat=True))


def _offered(request: ActorRequest) -> list[int]:
    codes = [trade.rome_code for trade in trades_at_work(request.actor, timezone.localdate())]
    return [each.pk for each in gestures_of_trades(codes, limit=OFFERED)]


def _shown(kept: GestureList) -> str:
    return f"{reverse('web:observe_together')}?{urlencode({TOGETHER: kept.pk})}"
