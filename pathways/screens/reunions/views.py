"""Making two files one, making them two again, telling homonyms apart."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from backend.audit import trail
from backend.core.values.dates import french_date
from backend.core.values.numbers import whole_number
from backend.core.values.text import of_name
from backend.web.access import only
from backend.web.forms.search import search_of
from backend.web.requests import ActorRequest, number_in_query
from backend.web.submission import FormPage, answer_action, answer_form
from pathways.models import Beneficiary, Reunion, ToldApart
from pathways.permissions import may_join_files, may_separate
from pathways.rules.twins.reunions import last_day_to_separate
from pathways.screens.reunions.forms import JoinForm, SeparateForm
from pathways.screens.reunions.page import file_card, what_stayed
from pathways.selectors.people import find_people
from pathways.selectors.twins.look_alikes import MOST_PAIRS, look_alike_pairs, look_alikes_of
from pathways.selectors.twins.reunions import preview_of
from pathways.services import join_files, no_longer_apart, separate_files, tell_apart

MOST_FOUND = 20


@only(may_join_files)
def join(request: ActorRequest, pk: int) -> HttpResponse:
    """Choose the other file of this person, then read what joining them does, and do it."""
    person = _accompanied(request, pk)
    number = whole_number(request.POST.get("other", "")) or number_in_query(request, "avec")
    if number is None:
        return _choosing(request, person)
    return _joining(request, person, _accompanied(request, number))


def _choosing(request: ActorRequest, person: Beneficiary) -> HttpResponse:
    """Those that look alike first, then whoever is found by name."""
    actor, search = request.actor, search_of(request)
    found: Any = Beneficiary.objects.accompanied_by(actor).exclude(pk=person.pk)
    context = {
        "person": person,
        "look_alikes": look_alikes_of(actor, person),
        "text": search.text,
        "found": find_people(found, search.text)[:MOST_FOUND] if search.text else [],
    }
    return render(request, "pathways/reunions/choose.html", context)


def _joining(request: ActorRequest, kept: Beneficiary, gone: Beneficiary) -> HttpResponse:
    actor = request.actor
    if kept.pk == gone.pk:
        raise Http404
    if request.method == "GET":
        trail.record_each(actor, "beneficiary.read", [kept, gone])
    preview = preview_of(actor, kept, gone)
    form = JoinForm(
        request.POST or None,
        conflicts=preview.conflicts,
        initial={"other": gone.pk, "version": preview.seen},
    )

    def act(values: dict[str, Any]) -> str:
        join_files(actor=actor, kept=kept, gone=gone, seen=values["version"], choices=form.choices)
        return reverse("web:person", args=[kept.pk])

    until = french_date(last_day_to_separate(timezone.localdate()))
    page = FormPage(
        title="Réunir deux fiches",
        line=f"La fiche {of_name(kept)} est gardée ; tout ce qui est noté sur l’autre la rejoint.",
        back=reverse("web:person_join", args=[kept.pk]),
        submit="Réunir les deux fiches",
        done=f"Les deux fiches n’en font plus qu’une. Elles peuvent être séparées jusqu’au {until}.",
        fields="pathways/reunions/_join_fields.html",
        extra={
            "kept": file_card(actor, kept),
            "gone": file_card(actor, gone),
            "preview": preview,
            "until": until,
        },
        version_now=lambda: preview_of(actor, kept, gone).seen,
    )
    return answer_form(request, form, page, act)


@only(may_join_files)
def separate(request: ActorRequest, pk: int) -> HttpResponse:
    """Make two files again of what was made one, after saying what comes back and what stays."""
    actor = request.actor
    reunion = get_object_or_404(Reunion.objects.visible_to(actor).select_related("kept"), pk=pk)
    if not may_separate(actor, reunion):
        raise Http404

    def act(values: dict[str, Any]) -> str:
        for sentence in what_stayed(separate_files(actor=actor, reunion=reunion)):
            messages.info(request, sentence)
        return reverse("web:person", args=[reunion.kept_id])

    page = FormPage(
        title="Séparer de nouveau",
        line=f"{reunion.kept} : fiches réunies le {french_date(reunion.day)}.",
        back=reverse("web:person", args=[reunion.kept_id]),
        submit="Séparer les deux fiches",
        done="Les deux fiches sont séparées : chacune a retrouvé ce qui était à elle.",
        fields="pathways/reunions/_separate_fields.html",
        extra={"reunion": reunion},
    )
    return answer_form(request, SeparateForm(request.POST or None), page, act)


@only(may_join_files)
@require_safe
def look_alikes(request: ActorRequest) -> HttpResponse:
    """Files of one's own people that look alike, two by two; then those told apart."""
    actor = request.actor
    pairs = look_alike_pairs(actor)
    told = ToldApart.objects.visible_to(actor).select_related("first", "second")
    context = {"pairs": pairs, "is_cut": len(pairs) == MOST_PAIRS, "told_apart": told}
    return render(request, "pathways/reunions/look_alikes.html", context)


@only(may_join_files)
@require_POST
def apart(request: ActorRequest, pk: int) -> HttpResponse:
    """« Ce sont deux personnes »."""
    person = _accompanied(request, pk)
    other = _accompanied(request, whole_number(request.POST.get("other", "")) or 0)

    return answer_action(
        request,
        act=lambda: tell_apart(actor=request.actor, first=person, second=other),
        done="C’est noté : ce sont deux personnes. Leurs fiches ne sont plus proposées ensemble.",
        back=reverse("web:look_alikes"),
    )


@only(may_join_files)
@require_POST
def together(request: ActorRequest, pk: int) -> HttpResponse:
    """Go back on it."""
    pair = get_object_or_404(ToldApart.objects.visible_to(request.actor), pk=pk)

    return answer_action(
        request,
        act=lambda: no_longer_apart(actor=request.actor, pair=pair),
        done="Ces deux fiches peuvent de nouveau être proposées ensemble.",
        back=reverse("web:look_alikes"),
    )


def _accompanied(request: ActorRequest, pk: int) -> Beneficiary:
    return get_object_or_404(Beneficiary.objects.accompanied_by(request.actor), pk=pk)
