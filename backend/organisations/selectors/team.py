"""Who is in the team, who was invited, and what each row allows."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from backend.core.actor import Actor, Role
from backend.organisations.models import Invitation, Membership
from backend.organisations.permissions import may_end
from backend.organisations.rules.roles import TEAM_ROLES


@dataclass(frozen=True)
class Member:
    """One seat of the team, as the screen shows it."""

    membership: Membership
    role: str
    place: str
    is_self: bool
    can_be_ended: bool


def members_of(actor: Actor) -> list[Member]:
    """Live seats the actor may see, by structure then by name."""
    rows = (
        Membership.objects.visible_to(actor)
        .live(timezone.now())
        .select_related("user", "organisation", "group")
        .order_by("organisation__name", "user__last_name", "user__first_name", "pk")
    )
    return [
        Member(
            membership=row,
            role=Role(row.role).label,
            place=str(row.organisation or row.group or "Réseau"),
            is_self=row.user_id == actor.user_id,
            can_be_ended=may_end(actor, row),
        )
        for row in rows
    ]


def pending_invitations(actor: Actor) -> list[Invitation]:
    """Invitations into the team sent and not yet accepted, newest first."""
    rows = Invitation.objects.visible_to(actor).pending(timezone.now())
    return list(rows.filter(role__in=TEAM_ROLES).select_related("organisation", "invited_by"))


def invitations_to(actor: Actor, role: Role, subject_id: int) -> list[Invitation]:
    """Links the actor may see that wait to open one employer's needs or one person's thread, newest first."""
    rows = Invitation.objects.visible_to(actor).pending(timezone.now())
    return list(rows.filter(role=role, subject_id=subject_id))
