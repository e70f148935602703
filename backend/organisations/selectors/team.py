"""Who is in the team, who was invited, and what each row allows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from backend.accounts import second_factor
from backend.accounts.models import User
from backend.core.actor import STAFF_ROLES, TEAM_ROLES, Actor, Role
from backend.core.tables.ordering import Alphabetical
from backend.mail.enums import MessageKind
from backend.mail.models import Message
from backend.mail.selectors import Told, latest_about, told
from backend.mail.transport import mail_leaves
from backend.organisations.models import GroupOffer, Invitation, Membership
from backend.organisations.permissions import (
    may_accept_offer,
    may_approve,
    may_end,
    may_resend,
    may_seat_alone,
    may_show_link,
    may_withdraw,
)
from backend.organisations.querysets import InvitationQuerySet


@dataclass(frozen=True)
class Member:
    """One seat of the team, as the screen shows it."""

    membership: Membership
    role: str
    place: str
    is_self: bool
    can_be_ended: bool
    can_reset_factor: bool
    """As far as this seat tells: the page also looks at the account's other seats."""
    factor_message: Told | None
    """What became of the message that says their second factor was reset, for whoever may reset it."""


@dataclass(frozen=True)
class Invited:
    """One invitation not answered yet, with what became of its message and what this reader may do about it."""

    invitation: Invitation
    message: Told | None
    """None when it awaits an agreement, or when its message was forgotten since."""
    is_open: bool
    may_withdraw: bool
    may_resend: bool
    may_take_link: bool
    may_read_message: bool

    @property
    def place(self) -> str:
        """The role and where it opens."""
        return f"{self.invitation.known_role.label} · {self.invitation.place}"


def members_of(actor: Actor) -> list[Member]:
    """Live seats the actor may see, by structure then by name."""
    rows = (
        Membership.objects.visible_to(actor)
        .live(timezone.now())
        .select_related("user", "organisation", "group")
        .order_by(*map(Alphabetical, ("organisation__name", "user__last_name", "user__first_name")), "pk")
    )
    with_factor = second_factor.accounts_with_one(row.user_id for row in rows)
    told_of = _told_of_resets(actor, rows)
    return [
        Member(
            membership=row,
            role=Role(row.role).label,
            place=str(row.organisation or row.group or "Réseau"),
            is_self=row.user_id == actor.user_id,
            can_be_ended=may_end(actor, row),
            can_reset_factor=row.user_id in with_factor
            and row.user_id != actor.user_id
            and may_seat_alone(actor, row),
            factor_message=told_of.get(row.user_id),
        )
        for row in rows
    ]


def _told_of_resets(actor: Actor, rows: Iterable[Membership]) -> dict[int, Told]:
    asked = [row.user_id for row in rows if row.user_id != actor.user_id and may_seat_alone(actor, row)]
    found = latest_about(User._meta.label_lower, asked, MessageKind.SECOND_FACTOR)
    return {user_id: told(message) for user_id, message in found.items()}


def invitations_to_approve(actor: Actor) -> list[Invitation]:
    """Invitations into the team that wait for this actor's agreement, newest first."""
    rows = Invitation.objects.visible_to(actor).pending(timezone.now()).awaiting_approval()
    waiting = rows.filter(role__in=TEAM_ROLES).select_related("organisation", "invited_by")
    return [invitation for invitation in waiting if may_approve(actor, invitation)]


def pending_invitations(actor: Actor) -> list[Invited]:
    """Invitations into the team not yet answered, newest first, but those this actor is asked to agree to."""
    rows = Invitation.objects.visible_to(actor).filter(role__in=STAFF_ROLES)
    waiting = _open_or_renewable(rows).select_related("organisation", "group", "invited_by")
    return _invited(
        actor, [each for each in waiting if not (each.awaits_approval and may_approve(actor, each))]
    )


def invitations_to(actor: Actor, role: Role, subject_id: int) -> list[Invited]:
    """Links the actor may see that wait to open one employer's needs or one person's thread, newest first."""
    rows = Invitation.objects.visible_to(actor).filter(role=role, subject_id=subject_id)
    return _invited(actor, list(_open_or_renewable(rows)))


def _open_or_renewable(rows: InvitationQuerySet) -> InvitationQuerySet:
    """What somebody still expects: a link that opens, or one that closed unanswered, which may be renewed."""
    now = timezone.now()
    return rows.unanswered().filter(Q(expires_at__gt=now) | Q(pk__in=rows.sent().values("pk")))


def _invited(actor: Actor, invitations: list[Invitation]) -> list[Invited]:
    now, leaves = timezone.now(), mail_leaves()
    ids = [invitation.pk for invitation in invitations]
    messages = latest_about(Invitation._meta.label_lower, ids, MessageKind.INVITATION)
    lines = []
    for each in invitations:
        alone = not each.awaits_approval and may_show_link(actor, each)
        lines.append(
            Invited(
                invitation=each,
                message=told(messages[each.pk]) if each.pk in messages else None,
                is_open=each.expires_at > now,
                may_withdraw=may_withdraw(actor, each),
                may_resend=alone or (not each.awaits_approval and may_resend(actor, each)),
                may_take_link=alone,
                may_read_message=alone and not leaves and each.pk in messages,
            )
        )
    return lines


def message_to_read(actor: Actor, invitation: Invitation) -> Message | None:
    """The message of an invitation, where no mail leaves and for whoever could give the seat alone; None otherwise."""
    if mail_leaves() or not may_show_link(actor, invitation):
        return None
    about = Message.objects.about(invitation._meta.label_lower, [invitation.pk])
    return about.filter(kind=MessageKind.INVITATION).last()


@dataclass(frozen=True)
class OpenOffer:
    """An offer of group that waits, whether this actor is asked, and what became of its message for who offered."""

    offer: GroupOffer
    is_to_me: bool
    message: Told | None


def open_offers(actor: Actor) -> list[OpenOffer]:
    """Offers of group that wait for an answer, newest first."""
    rows = GroupOffer.objects.visible_to(actor).pending(timezone.now())
    offers = [(each, may_accept_offer(actor, each)) for each in rows.select_related("group", "organisation")]
    mine = [offer.pk for offer, is_to_me in offers if not is_to_me]
    messages = latest_about(GroupOffer._meta.label_lower, mine, MessageKind.GROUP_OFFER)
    return [
        OpenOffer(offer, is_to_me, told(messages[offer.pk]) if offer.pk in messages else None)
        for offer, is_to_me in offers
    ]
