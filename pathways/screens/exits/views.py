"""How a stay ended: recorded the day it is known, completed when the motive is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from backend.core.values.text import of_name
from backend.web.access import only
from backend.web.requests import ActorRequest, where_from
from backend.web.submission import Also, FormPage, answer_form, say_remarks
from backend.web.undo import offer
from pathways.enums import InterviewKind
from pathways.models import Exit, Stay
from pathways.permissions import may_close, may_manage_people, may_record_follow_up
from pathways.screens.exits.forms import ExitForm, motive_choices
from pathways.selectors.rule_book import read_book
from pathways.services import close_stay, complete_exit

_WHAT_CLOSES = (
    "Les contrats se terminent ce jour-là. Le lendemain, hors suivi dans l’emploi, votre structure ne lit plus que ce "
    "qu’elle a écrit, et n’y ajoute rien : notez avant le dernier entretien."
)
_WHAT_STAYS = "Le fil de la personne continue ; ses contrats ici se sont terminés ce jour-là."


@only(may_manage_people)
def exit_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Close a stay, or complete the exit already recorded."""
    actor = request.actor
    stay = get_object_or_404(
        Stay.objects.visible_to(actor).select_related("organisation", "beneficiary"), pk=pk
    )
    if not may_close(actor, stay):
        raise Http404
    recorded = Exit.objects.filter(stay=stay).first()
    back = where_from(request, otherwise=reverse("web:person", args=[stay.beneficiary_id]))
    known = _known(stay, recorded)
    form = ExitForm(request.POST or None, initial=known, motives=motive_choices(read_book(), known["on"]))
    if recorded:
        form.fields["on"].disabled = True

    def act(values: dict[str, Any]) -> str:
        exit_ = _record(actor, stay, recorded, values)
        say_remarks(request, exit_.remarks)
        if recorded is None:
            offer(request, exit_)
        return back

    page = _page(stay, recorded, back, has_motive=bool(request.POST.get("motive")))
    if recorded is None and may_record_follow_up(actor, stay.beneficiary):
        page = replace(page, also=_last_interview(stay))
    return answer_form(request, form, page, act)


def _last_interview(stay: Stay) -> Also:
    """Written before: once the last day has passed, the thread is read no more than what one wrote oneself."""
    address = reverse("web:follow_up_new", args=[stay.beneficiary_id])
    return Also("Noter d’abord le bilan final", f"{address}?type={InterviewKind.FINAL_REVIEW}")


def _record(actor: Any, stay: Stay, recorded: Exit | None, values: dict[str, Any]) -> Exit:
    version = values.pop("version")
    if recorded is None:
        return close_stay(actor=actor, stay=stay, **values)
    values.pop("on")
    return complete_exit(actor=actor, exit_=recorded, version=version or recorded.version, **values)


def _known(stay: Stay, recorded: Exit | None) -> dict[str, Any]:
    if recorded is None:
        return {"on": stay.ended_on or timezone.localdate()}
    return {
        "on": recorded.occurred_on,
        "motive": recorded.motive,
        "employer_name": recorded.employer_name,
        "contract_months": recorded.contract_months,
        "version": recorded.version,
    }


def _page(stay: Stay, recorded: Exit | None, back: str, *, has_motive: bool) -> FormPage:
    return FormPage(
        title=f"Sortie {of_name(stay.beneficiary)}"
        if recorded is None
        else f"Compléter la sortie {of_name(stay.beneficiary)}",
        line=f"{stay.organisation}. {_WHAT_CLOSES if recorded is None else _WHAT_STAYS}",
        back=back,
        submit="Enregistrer la sortie",
        done="La sortie est enregistrée."
        if has_motive
        else "La sortie est enregistrée, son motif reste à dire.",
        version_now=(lambda: Exit.objects.get(stay=stay).version) if recorded else None,
    )
