"""Offer one's group or one's structure, answer an offer, name another head."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backend.core import steps
from backend.core.values.text import of_place
from backend.organisations.models import Belonging, Group, GroupOffer
from backend.organisations.models.invitation import VALID_IN_WORDS
from backend.organisations.permissions import (
    answers_for_a_group,
    may_answer_offers,
    may_create_group,
    may_leave,
    may_leave_groups,
    may_name_a_head,
    may_offer_group,
    may_rename_group,
    may_see_groups,
)
from backend.organisations.rules.groups import given, head_of, told
from backend.organisations.screens.groups.forms import AddressForm, GroupNameForm
from backend.organisations.screens.links import links_to_hand_over
from backend.organisations.selectors.groups import groups_of
from backend.organisations.selectors.team import members_of, open_offers, pending_invitations
from backend.organisations.services import (
    accept_group_offer,
    invite_head,
    leave_group,
    offer_group,
    rename_group,
    withdraw_group_offer,
)
from backend.organisations.services.group_offers import VALID_FOR
from backend.web.access import only
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_action, answer_form


@only(may_see_groups)
@require_safe
def groups(request: ActorRequest) -> HttpResponse:
    """Every group one belongs to or heads, and the offers that wait."""
    actor = request.actor
    page = {
        "groups": groups_of(actor),
        "offers": open_offers(actor),
        "can_offer_group": may_offer_group(actor),
        "can_create_group": may_create_group(actor),
        "is_head": answers_for_a_group(actor),
    }
    return render(request, "organisations/groups/groups.html", page)


@only(may_see_groups)
@require_safe
def group(request: ActorRequest, pk: int) -> HttpResponse:
    """One group: what belonging gives, its structures, and for its head who heads it too."""
    actor = request.actor
    found = next((each for each in groups_of(actor) if each.group.pk == pk), None)
    if found is None:
        raise Http404
    is_head = answers_for_a_group(actor)
    page = {
        "found": found,
        "is_head": is_head,
        "may_rename": may_rename_group(actor, found.group),
        "can_name_a_head": may_name_a_head(actor),
        "can_offer_group": is_head and may_offer_group(actor),
        "heads": [each for each in members_of(actor) if each.membership.group_id == pk] if is_head else [],
        "invitations": [each for each in pending_invitations(actor) if each.invitation.group_id == pk],
    }
    return render(request, "organisations/groups/group.html", page)


@only(answers_for_a_group)
@require_http_methods(["GET", "HEAD", "POST"])
def group_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct the name of the group one heads."""
    actor = request.actor
    found = get_object_or_404(Group.objects.visible_to(actor), pk=pk)
    if not may_rename_group(actor, found):
        raise Http404

    def act(values: dict[str, Any]) -> str:
        rename_group(actor=actor, group=found, seen=values.pop("version"), **values)
        return reverse("web:group", args=[pk])

    page = FormPage(
        title=f"Corriger le nom : {found}",
        line="Les structures, leurs équipes et les personnes lisent aussitôt le nouveau nom ; l’ancien reste au journal.",
        back=reverse("web:group", args=[pk]),
        done="Le nom est corrigé.",
        version_now=lambda: steps.seen(Group.objects.visible_to(actor).get(pk=pk)),
    )
    initial = {"name": found.name, "version": steps.seen(found)}
    return answer_form(request, GroupNameForm(request.POST or None, initial=initial), page, act)


@only(may_leave_groups)
@require_http_methods(["GET", "POST"])
def leave(request: ActorRequest, pk: int) -> HttpResponse:
    """Say what leaving closes, then leave."""
    actor = request.actor
    live = Belonging.objects.visible_to(actor).live(timezone.localdate())
    belonging = get_object_or_404(live.select_related("organisation", "group"), pk=pk)
    if not may_leave(actor, belonging):
        raise Http404
    if request.method == "GET":
        page = {"belonging": belonging, "gives": given(belonging.group.kind)}
        return render(request, "organisations/groups/leave.html", page)
    return answer_action(
        request,
        act=lambda: leave_group(actor=actor, belonging=belonging),
        done=f"C’est fait : {belonging.organisation} n’est plus dans {belonging.group}.",
        back=reverse("web:groups"),
    )


@only(may_offer_group)
@require_http_methods(["GET", "POST"])
def offer_new(request: ActorRequest) -> HttpResponse:
    """Write to who answers for the other side."""
    actor = request.actor
    is_head = answers_for_a_group(actor)

    def act(values: dict[str, Any]) -> str:
        offer_group(actor=actor, **values)
        return reverse("web:groups")

    page = FormPage(
        title="Proposer à une structure de nous rejoindre"
        if is_head
        else "Demander à rejoindre un groupe ou un collectif",
        line="Écrivez à la personne responsable de cette structure : rien ne change sans son accord."
        if is_head
        else "Écrivez à la tête de ce groupe : rien ne change sans son accord.",
        back=reverse("web:groups"),
        submit="Envoyer la proposition",
        done=f"La proposition est enregistrée. Elle attend une réponse pendant {VALID_FOR.days} jours.",
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
        kind = (offer.group or Group.objects.get(pk=actor.group_id or 0)).kind
        return render(request, "organisations/team/group_offer.html", {"offer": offer, "gives": told(kind)})
    return answer_action(
        request,
        act=lambda: accept_group_offer(actor=actor, offer=offer),
        done="C’est fait : la structure est dans le groupe.",
        back=reverse("web:groups"),
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
        back=reverse("web:groups"),
    )


@only(may_name_a_head)
@require_http_methods(["GET", "POST"])
def head_invite(request: ActorRequest) -> HttpResponse:
    """Invite another head of one's group; the link goes to their address."""
    actor = request.actor
    group = get_object_or_404(Group.objects.visible_to(actor))

    def act(values: dict[str, Any]) -> str:
        invite_head(actor=actor, group=group, link_to=links_to_hand_over(request), **values)
        return reverse("web:groups")

    page = FormPage(
        title=f"Nommer une autre {head_of(group.kind).label.lower()}",
        line=f"Cette personne répondra avec vous {of_place(group)} et lira ce que vous lisez. Elle reçoit un lien valable {VALID_IN_WORDS}.",
        back=reverse("web:groups"),
        submit="Envoyer l’invitation",
        done="C’est enregistré. L’invitation est dans la liste ci-dessous, avec son état.",
    )
    return answer_form(request, AddressForm(request.POST or None), page, act)
