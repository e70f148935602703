"""Who may act on teams and structures: asked by the service that acts and by the screen that offers."""

from __future__ import annotations

from backend.core.actor import Actor, Role
from backend.organisations.models import Group, Invitation, Membership, Organisation
from backend.organisations.rules.roles import OUTSIDE_ROLES, may_grant, may_manage_team

__all__ = [
    "may_change_settings",
    "may_create_group",
    "may_create_structure",
    "may_end",
    "may_manage_team",
    "may_withdraw",
]


def may_end(actor: Actor, membership: Membership) -> bool:
    """Whoever may give a seat may end it, one's own excepted."""
    if membership.user_id == actor.user_id:
        return False
    return may_grant(
        actor,
        Role(membership.role),
        organisation_id=membership.organisation_id,
        group_id=membership.group_id,
    )


def may_withdraw(actor: Actor, invitation: Invitation) -> bool:
    """Whoever may give a role takes its invitation back; for an employer or a person, whoever sees it."""
    role = invitation.known_role
    return role in OUTSIDE_ROLES or may_grant(actor, role, organisation_id=invitation.organisation_id)


def may_create_group(actor: Actor) -> bool:
    """The manager or the administrator of a structure that has no group yet, for that structure."""
    if actor.is_operator:
        return True
    return actor.role in {Role.MANAGER, Role.ADMINISTRATOR} and actor.group_id is None


def may_create_structure(actor: Actor, group: Group | None) -> bool:
    """The head of a group adds structures to it; the installation opens the first one of a territory."""
    if actor.is_operator:
        return True
    return actor.role is Role.GROUP_HEAD and group is not None and group.pk == actor.group_id


def may_change_settings(actor: Actor, organisation: Organisation) -> bool:
    """Those who answer for the structure."""
    if actor.is_operator:
        return True
    answers = actor.role in {Role.MANAGER, Role.ADMINISTRATOR, Role.GROUP_HEAD}
    return answers and organisation.pk in actor.organisation_ids
