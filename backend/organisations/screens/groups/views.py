"""Offer one's group or one's structure, answer an offer, name another head."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from backend.organisations.models import Group, GroupOffer
from backend.organisations.permissions import (
    answers_for_a_group,
    may_answer_offers,
    may_name_a_head,
    may_offer_group,
)
from backend.organisations.screens.groups.forms import AddressForm
from backend.organisations.screens.links import links_to_hand_over
from backend.organisations.services import accept_group_offer, invite_head, offer_group, withdraw_group_offer
from backend.web.access import only
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_action, answer_form


@only(may_offer_group)
@require_http_methods(["GET", "POST"])
def offer_new(request: ActorRequest) -> HttpResponse:
    """Write to who answers for the other side."""
    actor = request.actor
    is_head = answers_for_a_group(actor)

    def act(values: dict[str, Any]) -> str:
        offer_group(actor=actor, **values)
        return reverse("web:team")

    page = FormPage(
        title="Proposer à une structure de rejoindre le groupe"
        if is_head
        else "Demander à rejoindre un groupe",
        line="Écrivez à la personne responsable de cette structure : rien ne change sans son accord."
        if is_head
        else "Écrivez à la tête de ce groupe : rien ne change sans son accord.",
        back=reverse("web:team"),
        submit="Envoyer la proposition",
        done="La proposition est enregistrée. Elle attend une réponse pendant trente jours.",
    )
    return answer_form(request, AddressForm(request.POST or None), page, act)


@only(may_answer_offers)
@require_http_methods(["GET", "POST"])
def offer_accept(request: ActorRequest, pk: int) -> HttpResponse:
    """Say what joining changes, then join."""
    actor = request.actor
    waiting = GroupOffer.objects.answerable_by(actor).pending(timezone.now())
    offer = get_object_or_404(waiting.select_related("group", "organisation"), pk=pk)
    if request.method == "GET":
        return render(request, "organisations/team/group_offer.html", {"offer": offer})
    return answer_action(
        request,
        act=lambda: accept_group_offer(actor=actor, offer=offer),
        done="C’est fait : la structure est dans le groupe.",
        back=reverse("web:team"),
    )


@only(may_answer_offers)
@require_POST
def offer_withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    """Take one's offer back, or refuse the one that was made."""
    actor = request.actor
    offer = get_object_or_404(GroupOffer.objects.visible_to(actor), pk=pk)
    return answer_action(
        request,
        act=lambda: withdraw_group_offer(actor=actor, offer=offer),
        done="La proposition ne tient plus.",
        back=reverse("web:team"),
    )


@only(may_name_a_head)
@require_http_methods(["GET", "POST"])
def head_invite(request: ActorRequest) -> HttpResponse:
    """Invite another head of one's group; the link goes to their address."""
    actor = request.actor
    group = get_object_or_404(Group.objects.visible_to(actor))

    def act(values: dict[str, Any]) -> str:
        invite_head(actor=actor, group=group, link_to=links_to_hand_over(request), **values)
        return reverse("web:team")

    page = FormPage(
        title="Nommer une autre tête de groupe",
        line=f"Cette personne répondra avec vous de {group} et lira ce que vous lisez. Elle reçoit un lien valable sept jours.",
        back=reverse("web:team"),
        submit="Envoyer l’invitation",
        done="C’est enregistré. L’invitation est dans la liste ci-dessous, avec son état.",
    )
    return answer_form(request, AddressForm(request.POST or None), page, act)
