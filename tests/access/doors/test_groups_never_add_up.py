"""What a seat reads comes from one structure or one group at a time: belongings drawn at random, every role."""

from __future__ import annotations

import random
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from backend.core.actor import Role
from backend.organisations.enums import GroupKind
from backend.organisations.models import Belonging, Group, Organisation
from backend.organisations.rules.groups import head_of
from backend.organisations.services import leave_group
from employers.models import Employer, JobProposal
from pathways.models import Beneficiary, Interview, Stay
from tests import factories as make

pytestmark = pytest.mark.django_db
STRUCTURES, GROUPS = 5, 4
TEAM = (Role.ADVISOR, Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR)
GIVES = {
    GroupKind.GROUP: {"people", "thread", "employers"},
    GroupKind.MARKET: {"employers"},
    GroupKind.TRAINING: {"thread"},
}
"""By hand, beside the rules."""


@pytest.fixture(params=range(6))
def drawn(request):
    """Structures each with a person and an employer, in groups drawn at random, some left, some yet to come."""
    chance = random.Random(request.param)
    places = [make.OrganisationFactory(group=None) for _ in range(STRUCTURES)]
    groups = [make.GroupFactory(kind=chance.choice(list(GroupKind))) for _ in range(GROUPS)]
    today = timezone.localdate()
    members: dict[int, set[int]] = {group.pk: set() for group in groups}
    for group in groups:
        for place in places:
            draw = chance.random()
            if draw < 0.5:
                make.BelongingFactory(organisation=place, group=group)
                members[group.pk].add(place.pk)
            elif draw < 0.65:
                make.BelongingFactory(organisation=place, group=group, left_on=today)
            elif draw < 0.75:
                make.BelongingFactory(organisation=place, group=group, joined_on=today + timedelta(days=1))
    shared = make.BeneficiaryFactory()
    for place in places:
        make.StayFactory(organisation=place, advisor=None)
        make.StayFactory(organisation=place, advisor=None, beneficiary=shared)
        make.InterviewFactory(beneficiary=shared, organisation=place)
        make.EmployerFactory(organisation=place)
    return SimpleNamespace(places=places, groups=groups, members=members)


def giving(drawn, place_id, right):
    """The structures that give this right to that one, group by group; itself first."""
    together = [
        drawn.members[group.pk]
        for group in drawn.groups
        if place_id in drawn.members[group.pk] and (right == "name" or right in GIVES[GroupKind(group.kind)])
    ]
    return {place_id}.union(*together)


def where(rows):
    return set(rows.values_list("organisation_id", flat=True))


def test_a_team_reads_its_neighbours_right_by_right(drawn):
    for place in drawn.places:
        for role in TEAM:
            actor = make.actor_of(role, place)
            named = set(Organisation.objects.visible_to(actor).values_list("pk", flat=True))
            assert named == giving(drawn, place.pk, "name")
            assert where(Stay.objects.covered_by(actor)) <= {place.pk}
            accompanies = role in (Role.ADVISOR, Role.MANAGER)
            assert where(Interview.objects.visible_to(actor)) == (
                giving(drawn, place.pk, "thread") if accompanies else set()
            )
            assert where(Employer.objects.visible_to(actor)) == (
                giving(drawn, place.pk, "employers") if accompanies else set()
            )
            assert set(Organisation.objects.relayed_by(actor).values_list("pk", flat=True)) == giving(
                drawn, place.pk, "thread"
            )


def test_a_head_reads_what_one_group_gives(drawn):
    for group in drawn.groups:
        head = make.MembershipFactory(role=head_of(group.kind), organisation=None, group=group).as_actor()
        gives, members = GIVES[GroupKind(group.kind)], drawn.members[group.pk]
        assert set(Organisation.objects.visible_to(head).values_list("pk", flat=True)) == members
        assert where(Stay.objects.covered_by(head)) == (members if "people" in gives else set())
        assert where(Employer.objects.visible_to(head)) == (members if "employers" in gives else set())
        assert not Interview.objects.visible_to(head).exists()
        assert Beneficiary.objects.visible_to(head).exists() is ("people" in gives and bool(members))
        assert set(Group.objects.visible_to(head)) == {group}
        assert set(Belonging.objects.visible_to(head).values_list("group_id", flat=True)) <= {group.pk}


def test_which_other_groups_a_neighbour_is_in_is_not_told(drawn):
    for place in drawn.places:
        actor = make.actor_of(Role.MANAGER, place)
        mine = {group.pk for group in drawn.groups if place.pk in drawn.members[group.pk]}
        others = Belonging.objects.visible_to(actor).exclude(organisation=place)
        assert set(others.values_list("group_id", flat=True)) <= mine


def test_another_belonging_changes_nothing_to_what_a_group_gives(drawn):
    """SEC-13: Non-interference: the members of a group read the same, whatever else one of them joins."""
    for group in drawn.groups:
        head = make.MembershipFactory(role=head_of(group.kind), organisation=None, group=group)
        before = head.as_actor()
        for place_id in drawn.members[group.pk]:
            place = Organisation.objects.get(pk=place_id)
            make.BelongingFactory(organisation=place, group=make.GroupFactory())
        assert head.as_actor() == before


def test_leaving_closes_the_same_day_and_only_that_group(drawn):
    for tie in Belonging.objects.live(timezone.localdate()):
        place = Organisation.objects.get(pk=tie.organisation_id)
        actor = make.actor_of(Role.MANAGER, place)
        leave_group(actor=actor, belonging=tie)
        drawn.members[tie.group_id].discard(place.pk)
        after = make.actor_of(Role.MANAGER, place)
        assert where(Employer.objects.visible_to(after)) == giving(drawn, place.pk, "employers")
        assert where(Interview.objects.visible_to(after)) == giving(drawn, place.pk, "thread")
        kind = Group.objects.get(pk=tie.group_id).kind
        head = make.MembershipFactory(role=head_of(kind), organisation=None, group_id=tie.group_id).as_actor()
        assert place.pk not in head.organisation_ids | head.neighbour_ids | head.employer_ids


def test_a_job_made_across_two_groups_is_read_by_who_works_with_all_its_employers():
    middle, left, right = (make.OrganisationFactory(group=None) for _ in range(3))
    for other in (left, right):
        group = make.GroupFactory(kind=GroupKind.MARKET)
        for place in (middle, other):
            make.BelongingFactory(organisation=place, group=group)
    tasks = [
        make.WorkTaskFactory(analysis__establishment__employer__organisation=place) for place in (left, right)
    ]
    job = make.JobProposalFactory(organisation=middle, tasks=tasks)
    readers = {
        place.pk
        for place in (middle, left, right)
        if JobProposal.objects.visible_to(make.actor_of(Role.ADVISOR, place)).filter(pk=job.pk).exists()
    }
    assert readers == {middle.pk}
