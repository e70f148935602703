"""The door of an employer’s contact: given, and taken back."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from backend.core.values.text import at_place
from backend.organisations.screens.account.forms import AddressForm
from backend.organisations.screens.links import links_to_hand_over, said_with_link
from backend.web.access import only
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_action, answer_form
from employers.models import Employer, EmployerAccess
from employers.permissions import may_offer_access, may_open_door
from employers.services import end_employer_access, offer_employer_access

_CLOSED = "L’accès est fermé. Plus aucune page ne s’ouvre avec lui."


@only(may_offer_access)
def employer_access_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Invite an employer's contact to their own needs."""
    actor = request.actor
    employer = get_object_or_404(Employer.objects.visible_to(actor), pk=pk)
    if not may_open_door(actor, employer):
        raise Http404

    def act(values: dict[str, Any]) -> str:
        offer_employer_access(actor=actor, employer=employer, link_to=links_to_hand_over(request), **values)
        return reverse("web:employer", args=[pk])

    page = FormPage(
        title=f"Donner un accès {at_place(employer)}",
        line="La personne lira les analyses restituées, et les profils des personnes qui ont accepté de lui être "
        "présentées. Rien d’autre.",
        back=reverse("web:employer", args=[pk]),
        submit="Envoyer l’invitation",
        done=said_with_link("L’invitation est enregistrée", ", son message part"),
    )
    return answer_form(request, AddressForm(request.POST or None), page, act)


@only(may_offer_access)
@require_POST
def employer_access_end(request: ActorRequest, pk: int) -> HttpResponse:
    """Close a contact's door."""
    actor = request.actor
    live = EmployerAccess.objects.visible_to(actor).live(timezone.now())
    access = get_object_or_404(live.select_related("employer"), pk=pk)
    if not may_open_door(actor, access.employer):
        raise Http404
    return answer_action(
        request,
        act=lambda: end_employer_access(actor=actor, access=access),
        done=_CLOSED,
        back=reverse("web:employer", args=[access.employer_id]),
    )
