"""Nobody gives what they do not hold, however many grants follow one another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.actor import Actor, Role
from backend.organisations.rules.roles import TEAM_ROLES, grantable_roles, may_grant, may_manage_team

GROUPS = {1: frozenset({10, 11}), 2: frozenset({20})}
GROUP_OF = {structure: group for group, members in GROUPS.items() for structure in members}
ROLES = [role for role in Role if role is not Role.OPERATOR]


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


def powers(actor):
    """Everything this actor could give: role and place."""
    team = {
        (role, structure)
        for role in Role
        for structure in GROUP_OF
        if may_grant(actor, role, organisation_id=structure)
    }
    heads = {
        (role, f"group {group}")
        for role in Role
        for group in GROUPS
        if may_grant(actor, role, group_id=group)
    }
    return team | heads


SEATS = st.one_of(
    st.builds(seated, st.sampled_from(ROLES[:3]), st.sampled_from(sorted(GROUP_OF))),
    st.builds(seated, st.just(Role.ADMINISTRATOR), st.sampled_from(sorted(GROUP_OF))),
    st.builds(seated, st.just(Role.GROUP_HEAD), st.none(), st.sampled_from(sorted(GROUPS))),
    st.builds(seated, st.sampled_from([Role.EMPLOYER, Role.BENEFICIARY, Role.NETWORK_HEAD])),
)
GRANTS = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.sampled_from(list(Role)),
        st.sampled_from(sorted(GROUP_OF)),
        st.sampled_from(sorted(GROUPS)),
    ),
    max_size=8,
)


@given(first=SEATS, grants=GRANTS)
def test_after_any_sequence_of_grants_nobody_can_give_what_the_first_could_not(first, grants):
    everyone = [first]
    for who, role, structure, group in grants:
        granter = everyone[who % len(everyone)]
        is_head = role is Role.GROUP_HEAD
        place = {"group_id": group} if is_head else {"organisation_id": structure}
        if may_grant(granter, role, **place):
            newcomer = seated(role, None if is_head else structure, group if is_head else None)
            assert powers(newcomer) <= powers(granter)
            everyone.append(newcomer)
    assert all(powers(seat) <= powers(first) for seat in everyone)
    assert all(seat.organisation_ids <= first.organisation_ids for seat in everyone[1:])


@pytest.mark.parametrize(
    "role", [Role.ADVISOR, Role.SUPERVISOR, Role.EMPLOYER, Role.BENEFICIARY, Role.NETWORK_HEAD]
)
def test_who_does_not_answer_for_a_team_seats_nobody(role):
    actor = seated(role, 10)
    assert powers(actor) == set()
    assert not may_manage_team(actor)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMINISTRATOR])
def test_those_who_answer_for_a_structure_seat_its_whole_team_and_only_it(role):
    assert powers(seated(role, 10)) == {(given_role, 10) for given_role in TEAM_ROLES}
    assert grantable_roles(seated(role, 10)) == TEAM_ROLES


def test_the_head_of_a_group_seats_teams_of_its_structures_and_its_other_heads():
    expected = {(role, structure) for role in TEAM_ROLES for structure in (10, 11)}
    assert powers(seated(Role.GROUP_HEAD, group_id=1)) == expected | {(Role.GROUP_HEAD, "group 1")}


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.EMPLOYER, Role.BENEFICIARY])
def test_nobody_not_even_the_installation_gives_these_by_membership(role):
    assert not may_grant(Actor.operator(), role, organisation_id=10)


def test_the_network_is_seated_by_the_installation_only():
    assert may_grant(Actor.operator(), Role.NETWORK_HEAD)
    assert not any(
        (Role.NETWORK_HEAD, place) in powers(seated(Role.GROUP_HEAD, group_id=1)) for place in (10, "group 1")
    )
