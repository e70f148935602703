"""Équipe: who is here, who was invited, who leaves; and how the structure works."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from backend.accounts.models import SeatToken
from backend.core.actor import INVITES_ALONE, Actor
from backend.core.values.text import of_place
from backend.organisations import departures
from backend.organisations.middleware import choose_seat
from backend.organisations.models import Group, Invitation, Membership, Organisation
from backend.organisations.models.invitation import VALID_IN_WORDS
from backend.organisations.permissions import (
    answers_for_a_group,
    may_add_structures,
    may_bring_data_in,
    may_create_group,
    may_end,
    may_manage_team,
    may_offer_group,
    may_reset_second_factor,
    may_seat_alone,
    may_share_caseload,
)
from backend.organisations.screens.links import links_to_hand_over, said_with_link
from backend.organisations.screens.team.forms import (
    DepartureForm,
    GroupForm,
    InviteForm,
    NewStructureForm,
    StructureForm,
)
from backend.organisations.selectors.groups import groups_of
from backend.organisations.selectors.team import (
    invitations_to_approve,
    members_of,
    open_offers,
    pending_invitations,
)
from backend.organisations.services import (
    approve_invitation,
    change_structure,
    create_group,
    create_structure,
    end_membership,
    invite_member,
    reset_second_factor,
)
from backend.organisations.services.recovery import NOT_YOURS_TO_RESET
from backend.organisations.services.structures import CASELOAD_IS_READ, SETTINGS
from backend.web.access import only
from backend.web.submission import FormPage, answer_action, answer_form

_INVITE_LINE = (
    f"La personne reçoit un lien valable {VALID_IN_WORDS}, pour ce rôle et cette structure seulement."
)
_AFTER_AGREEMENT = " Pour un rôle qui lit des dossiers que vous ne lisez pas, le lien part après l’accord d’une personne responsable."


@only(may_manage_team)
@require_http_methods(["GET"])
def team(request: HttpRequest) -> HttpResponse:
    """The team, its pending invitations, the structures one answers for."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    page = {
        "members": members_of(actor),
        "to_approve": invitations_to_approve(actor),
        "invitations": pending_invitations(actor),
        "structures": Organisation.objects.covered_by(actor),
        "groups": groups_of(actor),
        "is_head": answers_for_a_group(actor),
        "offers": open_offers(actor),
        "can_offer_group": may_offer_group(actor),
        "can_create_group": may_create_group(actor),
        "can_create_structure": may_add_structures(actor),
        "can_import": may_bring_data_in(actor),
    }
    return render(request, "organisations/team/team.html", page)


@only(may_manage_team)
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a colleague; the link goes to their address."""
    actor: Actor = request.actor  # type: ignore[attr-defined]

    def act(values: dict[str, Any]) -> str:
        invite_member(actor=actor, link_to=links_to_hand_over(request), **values)
        return reverse("web:team")

    page = FormPage(
        title="Inviter dans l’équipe",
        line=_INVITE_LINE + ("" if actor.role in INVITES_ALONE else _AFTER_AGREEMENT),
        back=reverse("web:team"),
        submit="Envoyer l’invitation",
        done="C’est enregistré. L’invitation est dans la liste ci-dessous, avec son état.",
    )
    return answer_form(request, InviteForm(request.POST or None, actor=actor), page, act)


@only(may_manage_team)
@require_POST
def invitation_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree to an invitation that somebody else asked for: its link leaves."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    invitation = get_object_or_404(Invitation.objects.visible_to(actor), pk=pk)
    return answer_action(
        request,
        act=lambda: approve_invitation(
            actor=actor, invitation=invitation, link_to=links_to_hand_over(request)
        ),
        done=said_with_link("Votre accord est donné", ", le message part"),
        back=reverse("web:team"),
    )


@only(may_manage_team)
@require_http_methods(["GET", "POST"])
def membership_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what ending a role changes, then end it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    live = Membership.objects.visible_to(actor).live(timezone.now()).select_related("user", "organisation")
    membership = get_object_or_404(live, pk=pk)
    if not may_end(actor, membership):
        raise Http404
    form = DepartureForm(request.POST if request.method == "POST" else None, membership=membership)
    if request.method == "GET" or not form.is_valid():
        page = {**_what_ends(actor, membership), "form": form}
        status = 200 if request.method == "GET" else 422
        return render(request, "organisations/team/membership_end.html", page, status=status)
    return answer_action(
        request,
        act=lambda: end_membership(actor=actor, membership=membership, successor=form.taken_over_by),
        done="Le rôle est terminé. Plus aucune page ne s’ouvre avec lui.",
        back=reverse("web:team"),
    )


@only(may_manage_team)
@require_http_methods(["GET", "POST"])
def second_factor_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what resetting a lost second factor changes, then reset it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    live = Membership.objects.visible_to(actor).live(timezone.now()).select_related("user", "organisation")
    membership = get_object_or_404(live, pk=pk)
    if membership.user_id == actor.user_id or not may_seat_alone(actor, membership):
        raise Http404
    if request.method == "GET":
        page = {"membership": membership, "may_reset": may_reset_second_factor(actor, membership)}
        page["why_not"] = NOT_YOURS_TO_RESET
        return render(request, "organisations/account/second_factor_reset.html", page)
    return answer_action(
        request,
        act=lambda: reset_second_factor(actor=actor, membership=membership),
        done="Le second facteur est réinitialisé. Un message prévient la personne : son état est à côté de son nom.",
        back=reverse("web:team"),
    )


def _what_ends(actor: Actor, membership: Membership) -> dict[str, object]:
    """What stops, and what is left to hand over, counted before confirming."""
    tokens = SeatToken.objects.filter(user_id=membership.user_id, seat_key=membership.seat_key)
    return {
        "membership": membership,
        "left_behind": departures.left_behind(actor, membership),
        "tokens": tokens.count(),
    }


@only(may_manage_team)
@require_http_methods(["GET", "POST"])
def structure_settings(request: HttpRequest, pk: int) -> HttpResponse:
    """How one structure works."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    structure = get_object_or_404(Organisation.objects.covered_by(actor), pk=pk)

    def act(values: dict[str, Any]) -> str:
        change_structure(actor=actor, organisation=structure, **values)
        return reverse("web:team")

    page = FormPage(
        title=f"Réglages {of_place(structure)}",
        line="Ils s’appliquent tout de suite à toute l’équipe.",
        back=reverse("web:team"),
        done="Les réglages sont enregistrés.",
        about=structure,
    )
    form = StructureForm(request.POST or None, initial={name: getattr(structure, name) for name in SETTINGS})
    if not may_share_caseload(actor, structure):
        form.fields["is_caseload_shared"].disabled = True
        form.fields["is_caseload_shared"].help_text = CASELOAD_IS_READ
    return answer_form(request, form, page, act)


@only(may_add_structures)
@require_http_methods(["GET", "POST"])
def structure_new(request: HttpRequest) -> HttpResponse:
    """Open a structure in one's group."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    group = get_object_or_404(Group.objects.visible_to(actor))

    def act(values: dict[str, Any]) -> str:
        create_structure(actor=actor, group=group, **values)
        return reverse("web:team")

    page = FormPage(
        title="Ajouter une structure",
        line="Elle partagera le fil des personnes avec les autres structures du groupe.",
        back=reverse("web:team"),
        submit="Ouvrir la structure",
        done="La structure est ouverte. L’exploitation y invite la première personne responsable, qui invite son équipe.",
    )
    return answer_form(request, NewStructureForm(request.POST or None), page, act)


@only(may_create_group)
@require_http_methods(["GET", "POST"])
def group_new(request: HttpRequest) -> HttpResponse:
    """Open a group around one's structure; one then sits at its head."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not may_create_group(actor):
        raise Http404

    def act(values: dict[str, Any]) -> str:
        group = create_group(actor=actor, **values)
        head = group.memberships.get(user_id=actor.user_id or 0, ended_at__isnull=True)
        choose_seat(request, head.seat_key)
        return reverse("web:group", args=[group.pk])

    page = FormPage(
        title="Créer un groupe ou un collectif",
        line="Votre structure en fait partie, et vous en prenez la tête pour y inviter les autres.",
        back=reverse("web:team"),
        submit="Créer",
        done="C’est ouvert, et vous êtes à sa tête. Proposez aux autres structures de le rejoindre.",
    )
    return answer_form(request, GroupForm(request.POST or None), page, act)
