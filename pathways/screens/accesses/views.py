"""The door a person has to their own thread: given, and taken back."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from backend.organisations.screens.account.forms import AddressForm
from backend.organisations.screens.links import links_to_hand_over, said_with_link
from backend.web.access import only
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_action, answer_form
from pathways.models import Beneficiary, BeneficiaryAccess
from pathways.permissions import may_manage_people
from pathways.services import end_person_access, offer_person_access

_CLOSED = "L’accès est fermé. Plus aucune page ne s’ouvre avec lui."


@only(may_manage_people)
def person_access_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Invite a person to their own thread."""
    actor = request.actor
    person = get_object_or_404(Beneficiary.objects.accompanied_by(actor), pk=pk)

    def act(values: dict[str, Any]) -> str:
        offer_person_access(actor=actor, beneficiary=person, link_to=links_to_hand_over(request), **values)
        return reverse("web:person", args=[pk])

    page = FormPage(
        title=f"Donner à {person} l’accès à son fil",
        line="La personne lira son parcours et ses compétences, et répondra elle-même aux demandes des employeurs. "
        "Vos notes privées restent à vous.",
        back=reverse("web:person", args=[pk]),
        submit="Envoyer l’invitation",
        done=said_with_link("L’invitation est enregistrée", ", son message part"),
    )
    form = AddressForm(request.POST or None, initial={"email": person.email})
    return answer_form(request, form, page, act)


@only(may_manage_people)
@require_POST
def person_access_end(request: ActorRequest, pk: int) -> HttpResponse:
    """Close the person's door; their thread stays whole."""
    actor = request.actor
    live = BeneficiaryAccess.objects.visible_to(actor).live(timezone.now())
    access = get_object_or_404(live, pk=pk)
    return answer_action(
        request,
        act=lambda: end_person_access(actor=actor, access=access),
        done=_CLOSED,
        back=reverse("web:person", args=[access.beneficiary_id]),
    )
