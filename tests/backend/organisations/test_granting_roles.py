"""Who asks for a seat, who gives it alone, and what a role reads: the rules, without a base."""

import pytest

from backend.core.actor import Actor, Role
from backend.organisations.rules.roles import (
    READS,
    ROLES_THAT_AGREE_FOR,
    TEAM_ROLES,
    Part,
    grantable_roles,
    may_grant,
    may_grant_alone,
    may_head_a_group,
    may_manage_team,
    reads,
)
from tests.access.reach import REACH

GROUPS = {1: frozenset({10, 11}), 2: frozenset({20})}
GROUP_OF = {structure: group for group, members in GROUPS.items() for structure in members}
KINDS = {
    Part.PEOPLE: ("person", "stay", "contract", "hours"),
    Part.ADMINISTRATIVE: ("pass", "exit"),
    Part.SKILLS: ("assessment", "licence", "vae"),
    Part.SOCIAL: ("interview", "barrier", "goal", "action", "appointment"),
    Part.TEAM: ("invitation",),
}


def seated(role, organisation_id=None, group_id=None):
    """The actor such a seat makes, as memberships build it."""
    if role is Role.GROUP_HEAD:
        return Actor(role=role, group_id=group_id, organisation_ids=GROUPS[group_id])
    own = frozenset({organisation_id}) if role in TEAM_ROLES else frozenset()
    return Actor(
        role=role,
        organisation_id=organisation_id if own else None,
        group_id=GROUP_OF.get(organisation_id),
        organisation_ids=own,
    )


def powers(actor, rule):
    """Every role and place the rule lets this actor reach."""
    team = {
        (role, structure)
        for role in Role
        for structure in GROUP_OF
        if rule(actor, role, organisation_id=structure)
    }
    heads = {
        (role, f"group {group}") for role in Role for group in GROUPS if rule(actor, role, group_id=group)
    }
    return team | heads


@pytest.mark.parametrize(("part", "kind"), [(part, kind) for part, kinds in KINDS.items() for kind in kinds])
def test_the_table_of_readings_says_what_every_address_really_answers(part, kind):
    """`REACH` is compared with each page and each endpoint by the access matrices."""
    team = {*TEAM_ROLES, Role.GROUP_HEAD, Role.NETWORK_HEAD}
    assert {role for role in team if part in reads(role)} == set(REACH[kind]) & team


@pytest.mark.parametrize(
    "role", [Role.ADVISOR, Role.SUPERVISOR, Role.EMPLOYER, Role.BENEFICIARY, Role.NETWORK_HEAD]
)
def test_who_does_not_answer_for_a_team_asks_for_nobody(role):
    actor = seated(role, 10)
    assert powers(actor, may_grant) == set()
    assert not may_manage_team(actor)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMINISTRATOR])
def test_those_who_answer_for_a_structure_ask_for_its_whole_team_and_only_it(role):
    assert powers(seated(role, 10), may_grant) == {(given, 10) for given in TEAM_ROLES}
    assert grantable_roles(seated(role, 10)) == TEAM_ROLES


def test_the_head_of_a_group_asks_for_teams_of_its_structures_and_its_other_heads():
    expected = {(role, structure) for role in TEAM_ROLES for structure in (10, 11)}
    assert powers(seated(Role.GROUP_HEAD, group_id=1), may_grant) == expected | {(Role.GROUP_HEAD, "group 1")}


@pytest.mark.parametrize(
    ("seat", "alone"),
    [
        (seated(Role.MANAGER, 10), {(role, 10) for role in TEAM_ROLES}),
        (seated(Role.ADMINISTRATOR, 10), {(Role.ADMINISTRATOR, 10)}),
        (
            seated(Role.GROUP_HEAD, group_id=1),
            {(Role.ADMINISTRATOR, 10), (Role.ADMINISTRATOR, 11), (Role.GROUP_HEAD, "group 1")},
        ),
    ],
    ids=["manager", "administrator", "group_head"],
)
def test_one_gives_alone_only_what_one_reads(seat, alone):
    assert powers(seat, may_grant_alone) == alone
    assert all(reads(role) <= reads(seat.role) for role, _ in alone)


def test_every_team_role_has_somebody_to_agree_to_it_and_they_read_all_of_it():
    for role, readers in ROLES_THAT_AGREE_FOR.items():
        assert Role.MANAGER in readers
        assert all(reads(role) | {Part.TEAM} <= READS[reader] for reader in readers)


@pytest.mark.parametrize("role", Role)
def test_who_opens_a_group_already_reads_what_its_head_reads(role):
    expected = role in {Role.MANAGER, Role.GROUP_HEAD, Role.OPERATOR}
    assert may_head_a_group(Actor(role=role)) is expected


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.EMPLOYER, Role.BENEFICIARY])
def test_nobody_not_even_the_installation_gives_these_by_membership(role):
    assert not may_grant(Actor.operator(), role, organisation_id=10)


def test_the_network_is_seated_by_the_installation_only():
    assert may_grant_alone(Actor.operator(), Role.NETWORK_HEAD)
    assert not any(
        (Role.NETWORK_HEAD, place) in powers(seated(Role.GROUP_HEAD, group_id=1), may_grant)
        for place in (10, "group 1")
    )
