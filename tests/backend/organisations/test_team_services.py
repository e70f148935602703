"""Opening groups and structures, ending a role, changing how a structure works."""

import pytest
from django.core.exceptions import ValidationError

from backend.accounts.models import User
from backend.audit.models import Entry
from backend.core.actor import Actor, Role
from backend.core.errors import DomainError, NotPermitted
from backend.organisations import seats
from backend.organisations.enums import GroupKind, StructureKind
from backend.organisations.models import Membership, Organisation
from backend.organisations.seats import actor_again
from backend.organisations.selectors.team import members_of
from backend.organisations.services import (
    change_structure,
    create_group,
    create_structure,
    end_membership,
    grant_membership,
)
from tests.factories import GroupFactory, MembershipFactory, OrganisationFactory, UserFactory, actor_of

pytestmark = pytest.mark.django_db


def head_of(group, user_id):
    return Membership.objects.get(user_id=user_id, role=Role.GROUP_HEAD, group=group).as_actor()


def test_a_manager_opens_a_group_around_their_structure_then_adds_others():
    organisation = OrganisationFactory(group=None)
    manager = actor_of(Role.MANAGER, organisation)
    group = create_group(actor=manager, name="Groupe du Val")
    head = head_of(group, manager.user_id)
    assert head.organisation_ids == {organisation.pk}
    added = create_structure(actor=head, name="Ressourcerie du Val", kind=StructureKind.EI, group=group)
    assert [tie.group for tie in added.belongings.all()] == [group]
    assert head_of(group, manager.user_id).organisation_ids == {organisation.pk, added.pk}


def test_a_structure_of_a_group_opens_a_collective_beside_it():
    manager = actor_of(Role.MANAGER)
    group = create_group(actor=manager, name="Marché des berges", kind=GroupKind.MARKET)
    head = Membership.objects.get(user_id=manager.user_id, group=group)
    assert (head.role, head.as_actor().organisation_ids) == (Role.COLLECTIVE_HEAD, frozenset())
    assert group.pk in actor_again(User.objects.get(pk=manager.user_id), manager.seat).group_ids


@pytest.mark.parametrize(
    "role", [Role.ADVISOR, Role.SUPERVISOR, Role.MANAGER, Role.NETWORK_HEAD, Role.EMPLOYER]
)
def test_only_the_head_of_a_group_adds_structures(role):
    actor = actor_of(role)
    group = GroupFactory()
    with pytest.raises(NotPermitted):
        create_structure(actor=actor, name="Chantier", kind=StructureKind.ACI, group=group)
    assert not Organisation.objects.filter(name="Chantier").exists()


def test_the_head_of_a_group_adds_none_to_another_group():
    head = actor_of(Role.GROUP_HEAD, OrganisationFactory())
    with pytest.raises(NotPermitted):
        create_structure(actor=head, name="Chantier", kind=StructureKind.ACI, group=GroupFactory())


def test_a_wrong_siret_is_refused_in_french():
    with pytest.raises(ValidationError) as refusal:
        create_structure(actor=Actor.operator(), name="Chantier", kind=StructureKind.ACI, siret="123")
    assert "siret" in refusal.value.message_dict


def test_settings_change_and_the_trail_names_them_without_their_values():
    organisation = OrganisationFactory()
    manager = actor_of(Role.MANAGER, organisation)
    change_structure(
        actor=manager, organisation=organisation, is_caseload_shared=True, interview_every_days=60
    )
    organisation.refresh_from_db()
    assert organisation.is_caseload_shared
    assert Entry.objects.about(organisation).get().detail == {"fields": ["is_caseload_shared"]}


def test_the_kind_and_the_group_are_not_settings():
    organisation = OrganisationFactory()
    manager = actor_of(Role.MANAGER, organisation)
    with pytest.raises(DomainError, match="n’existent pas"):
        change_structure(actor=manager, organisation=organisation, kind="EI", group=None)


def test_a_neighbours_settings_are_not_mine():
    group = GroupFactory()
    mine, theirs = OrganisationFactory(group=group), OrganisationFactory(group=group)
    with pytest.raises(NotPermitted):
        change_structure(actor=actor_of(Role.MANAGER, mine), organisation=theirs, name="À moi")


def test_ending_a_role_closes_its_door_at_once():
    membership = MembershipFactory()
    manager = actor_of(Role.MANAGER, membership.organisation)
    assert seats.actor_for(membership.user, membership.seat_key) is not None
    end_membership(actor=manager, membership=membership)
    assert seats.actor_for(membership.user, membership.seat_key) is None
    assert seats.seats_of(membership.user) == []


def test_ending_twice_changes_nothing_more():
    membership = MembershipFactory()
    manager = actor_of(Role.MANAGER, membership.organisation)
    ended = end_membership(actor=manager, membership=membership).ended_at
    assert end_membership(actor=manager, membership=membership).ended_at == ended
    assert Entry.objects.filter(action="membership.ended").count() == 1


def test_nobody_ends_their_own_role():
    manager = actor_of(Role.MANAGER)
    own = Membership.objects.get(user_id=manager.user_id)
    with pytest.raises(NotPermitted, match="propre rôle"):
        end_membership(actor=manager, membership=own)


def test_a_manager_does_not_end_the_head_of_the_group():
    organisation = OrganisationFactory()
    head = MembershipFactory(group_head=True, group=organisation.group)
    with pytest.raises(NotPermitted):
        end_membership(actor=actor_of(Role.MANAGER, organisation), membership=head)
    head.refresh_from_db()
    assert head.ended_at is None


def test_an_advisor_sees_colleagues_and_ends_none():
    colleague = MembershipFactory()
    advisor = actor_of(Role.ADVISOR, colleague.organisation)
    rows = members_of(advisor)
    assert {row.membership.pk for row in rows} == {colleague.pk, int(advisor.seat.split(":")[1])}
    assert not any(row.can_be_ended for row in rows)
    with pytest.raises(NotPermitted):
        end_membership(actor=advisor, membership=colleague)


def test_a_chosen_seat_that_ended_is_not_replaced_in_silence():
    user = UserFactory()
    first, second = MembershipFactory(user=user), MembershipFactory(user=user)
    manager = actor_of(Role.MANAGER, second.organisation)
    end_membership(actor=manager, membership=second)
    assert seats.actor_for(user, second.seat_key) is None
    assert seats.actor_for(user).seat == first.seat_key


def test_the_installation_seats_the_head_of_a_group_and_of_the_network():
    user, group = UserFactory(), GroupFactory()
    operator = Actor.operator()
    assert grant_membership(actor=operator, user=user, role=Role.GROUP_HEAD, group=group).group == group
    assert (
        grant_membership(actor=operator, user=user, role=Role.NETWORK_HEAD).as_actor().role
        is Role.NETWORK_HEAD
    )
    assert User.objects.count() == 1
