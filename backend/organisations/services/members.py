"""Give a seat in a team, and end it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from backend.accounts.models import User
from backend.audit import trail
from backend.audit.models import Entry
from backend.core.actor import ADVISING, Actor, Role
from backend.core.errors import Conflict, DomainError, ensure
from backend.core.steps import lock, save
from backend.organisations import departures
from backend.organisations.models import Belonging, Group, GroupOffer, Invitation, Membership, Organisation
from backend.organisations.permissions import may_end
from backend.organisations.rules.groups import head_of
from backend.organisations.rules.roles import may_grant_alone
from backend.organisations.services.withdrawals import withdraw_each, withdraw_offers

NOT_YOURS_TO_GIVE = "Vous ne pouvez confier que des rôles d’équipe, dans vos propres structures, sans donner à lire plus que vous."


@transaction.atomic
def grant_membership(
    *,
    actor: Actor,
    user: User,
    role: Role,
    organisation: Organisation | None = None,
    group: Group | None = None,
) -> Membership:
    """Seat somebody at once; a role that reads what the giver does not, or outside their perimeter, is refused."""
    allowed = may_grant_alone(
        actor,
        role,
        organisation_id=organisation.pk if organisation else None,
        group_id=group.pk if group else None,
    )
    ensure(allowed, "not_yours_to_give", NOT_YOURS_TO_GIVE)
    membership = seat(user=user, role=role, organisation=organisation, group=group)
    trail.record(actor, "membership.granted", membership, role=role)
    return membership


def seat(
    *, user: User, role: Role, organisation: Organisation | None = None, group: Group | None = None
) -> Membership:
    """Write the row, once; who may ask for it is checked before."""
    if group is not None and role is not head_of(group.kind):
        raise DomainError("another_head", f"{group} a une autre sorte de tête : {head_of(group.kind).label}.")
    live = Membership.objects.filter(user=user, role=role, organisation=organisation, group=group)
    if live.live(timezone.now()).exists():
        raise Conflict("already_member", "Cette personne a déjà ce rôle.", field="role")
    membership = Membership(user=user, role=role, organisation=organisation, group=group)
    return save(membership)


@transaction.atomic
def end_membership(*, actor: Actor, membership: Membership, successor: User | None = None) -> Membership:
    """Close a seat now: pages, tokens and queued work stop at their next step.

    The invitations this person sent from that seat, and that nobody accepted yet, are withdrawn with it. `successor`
    takes over the people it accompanies; without one, they stay without a referent, and the whole team sees them.
    """
    membership = lock(actor, membership)
    ensure(may_end(actor, membership), "not_yours_to_end", _why_not(actor, membership))
    now = timezone.now()
    if membership.ended_at is not None and membership.ended_at <= now:
        return membership
    moved = (
        0 if successor is None else departures.hand_over(actor, membership, _colleague(membership, successor))
    )
    membership.ended_at = now
    membership.save(update_fields=["ended_at"])
    withdrawn = _withdraw_sent_by(membership)
    trail.record(
        actor,
        "membership.ended",
        membership,
        role=membership.role,
        withdrawn_invitations=withdrawn,
        handed_over=moved,
    )
    return membership


def successors_of(membership: Membership) -> QuerySet[User]:
    """Colleagues of the same structure who may accompany people, whoever leaves excepted."""
    seats = Membership.objects.live(timezone.now()).filter(
        organisation=membership.organisation_id, organisation__isnull=False, role__in=ADVISING
    )
    return User.objects.filter(pk__in=seats.values("user"), is_active=True).exclude(pk=membership.user_id)


def _colleague(membership: Membership, successor: User) -> User:
    if not successors_of(membership).filter(pk=successor.pk).exists():
        raise DomainError(
            "successor_elsewhere",
            "Cette personne n’accompagne personne dans cette structure. Choisissez quelqu’un de l’équipe d’accompagnement.",
            field="successor",
        )
    return successor


def _why_not(actor: Actor, membership: Membership) -> str:
    if membership.user_id == actor.user_id:
        return "On ne met pas fin à son propre rôle. Demandez-le à une personne de votre équipe."
    return "Ce rôle dépasse le vôtre. Demandez-le à la tête du groupe ou à votre responsable."


def _withdraw_sent_by(membership: Membership) -> int:
    now = timezone.now()
    place = Q(organisation=membership.organisation, organisation__isnull=False)
    if membership.group_id:
        members = Belonging.objects.filter(group=membership.group_id).values("organisation")
        place = Q(organisation__in=members) | Q(group_id=membership.group_id)
    # Whoever leaves keeps no key: neither a link they read to hand it over, nor an offer only they would explain.
    read = Entry.objects.filter(action="invitation.link_taken", user_id=membership.user_id)
    taken = [int(number) for number in read.values_list("subject_id", flat=True)]
    sent = Invitation.objects.filter(place).filter(Q(invited_by=membership.user_id) | Q(pk__in=taken))
    theirs = GroupOffer.objects.pending(now).filter(
        Q(organisation=membership.organisation_id, organisation__isnull=False)
        | Q(group=membership.group_id, group__isnull=False),
        offered_by=membership.user_id,
    )
    withdraw_offers(theirs, now)
    return withdraw_each(sent.unanswered(), now)
