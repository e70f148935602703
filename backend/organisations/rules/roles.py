"""Who may seat whom, and where: nobody gives alone the reading of what they do not read themselves."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from backend.core.actor import HEADS_A_GROUP, STAFF_ROLES, TEAM_ROLES, Actor, Role


class Part(StrEnum):
    """What there is to read of a structure, cut where the roles part ways."""

    TEAM = "TEAM"
    """Its seats and invitations, with the right to give and end them."""
    PEOPLE = "PEOPLE"
    """Who the people are, their stays, contracts and hours."""
    ADMINISTRATIVE = "ADMINISTRATIVE"
    """Their PASS and their exits."""
    SKILLS = "SKILLS"
    """Their competences, licences and validations."""
    SOCIAL = "SOCIAL"
    """Their interviews, barriers, goals and appointments."""


_ACCOMPANIES = frozenset({Part.PEOPLE, Part.ADMINISTRATIVE, Part.SKILLS, Part.SOCIAL})
READS: Mapping[Role, frozenset[Part]] = {
    Role.ADVISOR: _ACCOMPANIES,
    Role.SUPERVISOR: frozenset({Part.PEOPLE, Part.SKILLS}),
    Role.MANAGER: _ACCOMPANIES | {Part.TEAM},
    Role.ADMINISTRATOR: frozenset({Part.TEAM}),
    Role.GROUP_HEAD: frozenset({Part.TEAM, Part.PEOPLE, Part.ADMINISTRATIVE}),
    Role.OPERATOR: frozenset(Part),
}
"""What each role reads, in the structures of its perimeter; the querysets decide, and a test compares."""


def reads(role: Role) -> frozenset[Part]:
    """What a role reads of a structure; nothing for the network, employers and people, who have pages of their own."""
    return READS.get(role, frozenset())


def may_grant(
    granter: Actor, role: Role, *, organisation_id: int | None = None, group_id: int | None = None
) -> bool:
    """Whether this actor may ask that someone be seated in that role, in that structure or at the head of that group.

    Who answers for a team asks for its roles, in their own perimeter; whether it is enough that they ask is
    `may_grant_alone`. The network's seats, and the installation's own command line, are given by the installation.
    """
    if granter.is_operator:
        return role in STAFF_ROLES
    if role in HEADS_A_GROUP:
        return granter.role is role and group_id is not None and group_id == granter.group_id
    if Part.TEAM not in reads(granter.role):
        return False
    return role in TEAM_ROLES and organisation_id is not None and organisation_id in granter.organisation_ids


def may_grant_alone(
    granter: Actor, role: Role, *, organisation_id: int | None = None, group_id: int | None = None
) -> bool:
    """Whether the granter reads all that the role reads there, so that nobody else need agree."""
    asks = may_grant(granter, role, organisation_id=organisation_id, group_id=group_id)
    return asks and reads(role) <= reads(granter.role)


ROLES_THAT_AGREE_FOR: Mapping[Role, tuple[Role, ...]] = {
    role: tuple(
        reader for reader in TEAM_ROLES if Part.TEAM in reads(reader) and reads(role) <= reads(reader)
    )
    for role in TEAM_ROLES
}
"""Whose agreement lets somebody into each role of a structure: those of its team who read all it reads."""


def may_head_a_group(actor: Actor) -> bool:
    """Whether belonging to a group, whatever its kind, gives nothing that one does not read already."""
    return reads(Role.GROUP_HEAD) <= reads(actor.role)


def grantable_roles(granter: Actor) -> tuple[Role, ...]:
    """Team roles this actor may ask for in each structure of their perimeter, for the choices of a form."""
    places = granter.organisation_ids
    if granter.is_operator:
        return TEAM_ROLES
    return tuple(
        role for role in TEAM_ROLES if any(may_grant(granter, role, organisation_id=at) for at in places)
    )


def may_manage_team(actor: Actor) -> bool:
    """Whether the role answers for a team: opens « Équipe », invites there, ends seats, changes settings."""
    return Part.TEAM in reads(actor.role)
