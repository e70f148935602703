"""Who may seat whom, and where: nobody gives what they do not hold."""

from __future__ import annotations

from collections.abc import Mapping

from backend.core.actor import Actor, Role

RANK: Mapping[Role, int] = {
    Role.SUPERVISOR: 1,
    Role.ADVISOR: 1,
    Role.ADMINISTRATOR: 2,
    Role.MANAGER: 2,
    Role.GROUP_HEAD: 3,
}
"""How much of a team a role answers for. Our choice: the manager and the administrator both answer for
the whole team of their structure, the head of the group for all its structures."""

RANK_THAT_SEATS = 2
TEAM_ROLES = (Role.ADVISOR, Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR)
OUTSIDE_ROLES = (Role.EMPLOYER, Role.BENEFICIARY)
"""Those who are invited to one thing of their own, an employer's needs or one's own thread, not into a team."""


def may_grant(
    granter: Actor, role: Role, *, organisation_id: int | None = None, group_id: int | None = None
) -> bool:
    """Whether this actor may seat someone in that role, in that structure or at the head of that group.

    Roles at or below one's own, in one's own perimeter. The network's seats, and the installation's
    own command line, are given by the installation only.
    """
    if granter.is_operator:
        return role in {*TEAM_ROLES, Role.GROUP_HEAD, Role.NETWORK_HEAD}
    own = RANK.get(granter.role, 0)
    if own < RANK_THAT_SEATS or RANK.get(role, own + 1) > own:
        return False
    if role is Role.GROUP_HEAD:
        return group_id is not None and group_id == granter.group_id
    return organisation_id is not None and organisation_id in granter.organisation_ids


def grantable_roles(granter: Actor) -> tuple[Role, ...]:
    """Team roles this actor may give in each structure of their perimeter, for the choices of a form."""
    places = granter.organisation_ids
    if granter.is_operator:
        return TEAM_ROLES
    return tuple(
        role for role in TEAM_ROLES if any(may_grant(granter, role, organisation_id=at) for at in places)
    )


def may_manage_team(actor: Actor) -> bool:
    """Whether the role opens « Équipe » with its buttons."""
    return bool(grantable_roles(actor))
