"""Doors of one's own: given to an employer's contact or to a person, and taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from backend.core.actor import Role
from backend.core.errors import DomainError
from backend.organisations.models import Invitation
from backend.organisations.services import withdraw_invitation
from backend.web.access import only
from backend.web.forms.accounts import AddressForm
from backend.web.links import links_to_hand_over
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_form
from employers.models import Employer, EmployerAccess
from employers.services import end_employer_access, offer_employer_access
from pathways.models import Beneficiary, BeneficiaryAccess
from pathways.services import end_person_access, offer_person_access

_SENT = "L’invitation est partie. Le lien est valable sept jours."
_CLOSED = "L’accès est fermé. Plus aucune page ne s’ouvre avec lui."


@only(Role.ADVISOR, Role.MANAGER)
def employer_access_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Invite an employer's contact to their own needs."""
    actor = request.actor
    employer = get_object_or_404(Employer.objects.visible_to(actor), pk=pk)

    def act(values: dict[str, Any]) -> str:
        offer_employer_access(actor=actor, employer=employer, link_to=links_to_hand_over(request), **values)
        return reverse("web:employer", args=[pk])

    page = FormPage(
        title=f"Donner un accès à {employer}",
        line="La personne lira les analyses restituées, et les profils des personnes qui ont accepté de lui être "
        "présentées. Rien d’autre.",
        back=reverse("web:employer", args=[pk]),
        submit="Envoyer l’invitation",
        done=_SENT,
    )
    return answer_form(request, AddressForm(request.POST or None), page, act)


@only(Role.ADVISOR, Role.MANAGER)
@require_POST
def employer_access_end(request: ActorRequest, pk: int) -> HttpResponse:
    """Close a contact's door."""
    actor = request.actor
    live = EmployerAccess.objects.visible_to(actor).live(timezone.now())
    access = get_object_or_404(live, pk=pk)
    try:
        end_employer_access(actor=actor, access=access)
        messages.success(request, _CLOSED)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("web:employer", pk=access.employer_id)


@only(Role.ADVISOR, Role.MANAGER)
def person_access_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Invite a person to their own thread."""
    actor = request.actor
    person = get_object_or_404(Beneficiary.objects.visible_to(actor), pk=pk)

    def act(values: dict[str, Any]) -> str:
        offer_person_access(actor=actor, beneficiary=person, link_to=links_to_hand_over(request), **values)
        return reverse("web:person", args=[pk])

    page = FormPage(
        title=f"Donner à {person} l’accès à son fil",
        line="La personne lira son parcours et ses compétences, et répondra elle-même aux demandes des employeurs. "
        "Vos notes privées restent à vous.",
        back=reverse("web:person", args=[pk]),
        submit="Envoyer l’invitation",
        done=_SENT,
    )
    form = AddressForm(request.POST or None, initial={"email": person.email})
    return answer_form(request, form, page, act)


@only(Role.ADVISOR, Role.MANAGER)
@require_POST
def person_access_end(request: ActorRequest, pk: int) -> HttpResponse:
    """Close the person's door; their thread stays whole."""
    actor = request.actor
    live = BeneficiaryAccess.objects.visible_to(actor).live(timezone.now())
    access = get_object_or_404(live, pk=pk)
    end_person_access(actor=actor, access=access)
    messages.success(request, _CLOSED)
    return redirect("web:person", pk=access.beneficiary_id)


@only(Role.ADVISOR, Role.MANAGER, Role.ADMINISTRATOR, Role.GROUP_HEAD)
@require_POST
def invitation_withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    """Make a link that was sent useless, then go back to where it was offered."""
    actor = request.actor
    invitation = get_object_or_404(Invitation.objects.visible_to(actor), pk=pk)
    try:
        withdraw_invitation(actor=actor, invitation=invitation)
        messages.success(request, "L’invitation est retirée : son lien ne s’ouvre plus.")
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect(_where_offered(invitation))


def _where_offered(invitation: Invitation) -> str:
    match invitation.role:
        case Role.EMPLOYER:
            return reverse("web:employer", args=[invitation.subject_id])
        case Role.BENEFICIARY:
            return reverse("web:person", args=[invitation.subject_id])
        case _:
            return reverse("web:team")
