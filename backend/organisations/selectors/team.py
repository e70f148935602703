"""Who is in the team, who was invited, and what each row allows."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from backend.accounts import second_factor
from backend.core.actor import STAFF_ROLES, TEAM_ROLES, Actor, Role
from backend.organisations.models import Invitation, Membership
from backend.organisations.permissions import may_approve, may_end, may_seat_alone


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


def members_of(actor: Actor) -> list[Member]:
    """Live seats the actor may see, by structure then by name."""
    rows = (
        Membership.objects.visible_to(actor)
        .live(timezone.now())
        .select_related("user", "organisation", "group")
        .order_by("organisation__name", "user__last_name", "user__first_name", "pk")
    )
    with_factor = second_factor.accounts_with_one(row.user_id for row in rows)
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
        )
        for row in rows
    ]


def invitations_to_approve(actor: Actor) -> list[Invitation]:
    """Invitations into the team that wait for this actor's agreement, newest first."""
    rows = Invitation.objects.visible_to(actor).pending(timezone.now()).awaiting_approval()
    waiting = rows.filter(role__in=TEAM_ROLES).select_related("organisation", "invited_by")
    return [invitation for invitation in waiting if may_approve(actor, invitation)]


def pending_invitations(actor: Actor) -> list[Invitation]:
    """Invitations into the team not yet accepted, newest first, but those this actor is asked to agree to."""
    rows = Invitation.objects.visible_to(actor).pending(timezone.now())
    waiting = rows.filter(role__in=STAFF_ROLES).select_related("organisation", "group", "invited_by")
    return [each for each in waiting if not (each.awaits_approval and may_approve(actor, each))]


def invitations_to(actor: Actor, role: Role, subject_id: int) -> list[Invitation]:
    """Links the actor may see that wait to open one employer's needs or one person's thread, newest first."""
    rows = Invitation.objects.visible_to(actor).pending(timezone.now())
    return list(rows.filter(role=role, subject_id=subject_id))
