"""A structure opened apart joins a group, because both sides said yes; it leaves because one of them says so."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from backend.audit import trail
from backend.core.actor import Actor
from backend.core.errors import Conflict, DomainError, ensure
from backend.core.steps import lock, save
from backend.core.values.text import of_place
from backend.mail import outbox
from backend.mail.enums import MessageKind
from backend.organisations.models import Belonging, Group, GroupOffer, Invitation, Membership, Organisation
from backend.organisations.permissions import (
    answers_for_a_group,
    may_accept_offer,
    may_leave,
    may_offer_group,
    may_withdraw_offer,
)
from backend.organisations.services.invitations import check_not_oneself
from backend.organisations.services.withdrawals import withdraw_each, withdraw_offers

VALID_FOR = timedelta(days=30)
"""How long an offer waits for its answer."""


@transaction.atomic
def offer_group(*, actor: Actor, email: str, group: Group | None = None) -> GroupOffer:
    """Offer one's group to a structure, or one's structure to a group, by the address of who answers for it.

    Offering again to the same address replaces the former offer. The installation says in the name of which group.
    """
    ensure(
        may_offer_group(actor),
        "not_yours_to_offer",
        "La tête d’un groupe, ou la personne responsable d’une structure, fait cette proposition.",
    )
    email = email.strip().lower()
    check_not_oneself(actor, email)
    side = _side(actor, group)
    now = timezone.now()
    withdraw_offers(GroupOffer.objects.pending(now).filter(email=email, **side), now)
    offer = save(GroupOffer(email=email, offered_by_id=actor.user_id, expires_at=now + VALID_FOR, **side))
    trail.record(actor, "group.offered", offer)
    _tell(offer)
    return offer


def _side(actor: Actor, group: Group | None) -> dict[str, Group | Organisation]:
    if actor.is_operator and group is not None:
        return {"group": group}
    if answers_for_a_group(actor):
        return {"group": Group.objects.visible_to(actor).get()}
    return {"organisation": Organisation.objects.covered_by(actor).get()}


@transaction.atomic
def accept_group_offer(*, actor: Actor, offer: GroupOffer) -> Organisation:
    """Join: from the next page on, the structure gives the group what its kind says, and receives as much.

    Only who already reads all that the head will read says yes for a structure.
    """
    offer = lock(actor, offer)
    ensure(
        may_accept_offer(actor, offer),
        "not_yours_to_accept",
        "Cette réponse revient à la personne à qui la proposition est faite, responsable de la structure ou tête du groupe.",
    )
    _check_open(offer)
    side = actor.organisation_id if offer.organisation_id is None else offer.organisation_id
    structure = Organisation.objects.select_for_update(of=("self",)).get(pk=side or 0)
    group = Group.objects.get(pk=offer.group_id or actor.group_id or 0)
    join(structure, group)
    offer.organisation, offer.group = structure, group
    offer.accepted_at, offer.accepted_by_id = timezone.now(), actor.user_id
    save(offer)
    outbox.drop(offer._meta.label_lower, [offer.pk])
    trail.record(actor, "group.joined", structure, group=group.pk, kind=group.kind)
    return structure


def join(structure: Organisation, group: Group) -> Belonging:
    """Write the row, once a day; who agreed is checked before."""
    today = timezone.localdate()
    rows = Belonging.objects.filter(organisation=structure, group=group)
    if rows.live(today).exists():
        raise Conflict("already_in_this_group", f"Cette structure fait déjà partie {of_place(group)}.")
    again = rows.filter(joined_on=today).first()
    if again is None:
        return save(Belonging(organisation=structure, group=group, joined_on=today))
    again.left_on = None
    return save(again)


@transaction.atomic
def leave_group(*, actor: Actor, belonging: Belonging) -> Belonging:
    """Take a structure out of a group: what it gave there, and read there, closes today.

    The invitations its head sent into the structure and that nobody accepted yet close too.
    """
    belonging = lock(actor, belonging)
    ensure(
        may_leave(actor, belonging),
        "not_yours_to_leave",
        "Une structure quitte un groupe à la demande de la personne qui en est responsable, ou de la tête du groupe.",
    )
    today = timezone.localdate()
    if belonging.left_on is not None and belonging.left_on <= today:
        return belonging
    belonging.left_on = today
    save(belonging)
    heads = Membership.objects.filter(group=belonging.group_id).values("user")
    sent = Invitation.objects.filter(organisation=belonging.organisation_id, invited_by__in=heads)
    withdrawn = withdraw_each(sent.exclude(invited_by__in=_team_of(belonging)).unanswered(), timezone.now())
    trail.record(
        actor,
        "group.left",
        belonging.organisation,
        group=belonging.group_id,
        withdrawn_invitations=withdrawn,
    )
    return belonging


def _team_of(belonging: Belonging) -> Any:
    seats = Membership.objects.filter(organisation=belonging.organisation_id)
    return seats.live(timezone.now()).values("user")


@transaction.atomic
def withdraw_group_offer(*, actor: Actor, offer: GroupOffer) -> GroupOffer:
    """Take one's offer back, or refuse the one that was made."""
    offer = lock(actor, offer)
    ensure(may_withdraw_offer(actor, offer), "not_yours_to_withdraw", "Cette proposition n’est pas la vôtre.")
    _check_open(offer)
    withdraw_offers(GroupOffer.objects.filter(pk=offer.pk), timezone.now())
    offer.refresh_from_db(fields=["withdrawn_at"])
    trail.record(actor, "group.offer_withdrawn", offer)
    return offer


def _check_open(offer: GroupOffer) -> None:
    if not GroupOffer.objects.pending(timezone.now()).filter(pk=offer.pk).exists():
        raise DomainError("offer_over", "Cette proposition n’attend plus de réponse. Rechargez la page.")


def _tell(offer: GroupOffer) -> None:
    text = render_to_string("organisations/groups/email/group_offer.txt", {"offer": offer})
    outbox.write(
        to=offer.email,
        subject="Passerelles : une proposition de groupe attend votre réponse",
        text=text,
        kind=MessageKind.GROUP_OFFER,
        about=offer,
        good_until=offer.expires_at,
    )
