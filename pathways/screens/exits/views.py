"""How a stay ended: recorded the day it is known, completed when the motive is."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from backend.core.values.text import of_name
from backend.web.access import only
from backend.web.requests import ActorRequest, where_from
from backend.web.submission import FormPage, answer_form, say_remarks
from pathways.models import Exit, Stay
from pathways.permissions import may_close, may_manage_people
from pathways.screens.exits.forms import ExitForm, motive_choices
from pathways.selectors.rule_book import read_book
from pathways.services import close_stay, complete_exit


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
        say_remarks(request, _record(actor, stay, recorded, values).remarks)
        return back

    return answer_form(request, form, _page(stay, recorded, back), act)


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


def _page(stay: Stay, recorded: Exit | None, back: str) -> FormPage:
    return FormPage(
        title=f"Sortie {of_name(stay.beneficiary)}"
        if recorded is None
        else f"Compléter la sortie {of_name(stay.beneficiary)}",
        line=f"{stay.organisation}. Le fil de la personne continue ; ses contrats ici se terminent ce jour-là.",
        back=back,
        submit="Enregistrer la sortie",
        done="La sortie est enregistrée.",
        version_now=(lambda: Exit.objects.get(stay=stay).version) if recorded else None,
    )
