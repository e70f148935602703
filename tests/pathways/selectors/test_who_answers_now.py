"""What somebody promised is answered by them while they can, then by whoever accompanies the person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from backend.core.actor import Role
from backend.organisations.models import Membership
from employers.models import PostHireFollowUp
from pathways import doors
from pathways.models import Action, Appointment, Stay
from pathways.selectors.following.answering import answered_by
from tests.factories import (
    ActionFactory,
    AppointmentFactory,
    ExitFactory,
    OrganisationFactory,
    PlacementFactory,
    PostHireFollowUpFactory,
    StayFactory,
    UserFactory,
    actor_of,
)
from tests.worlds.accompanied import Accompanied


@pytest.fixture
def house(db, today):
    return Accompanied.build()


@pytest.fixture
def colleague(house):
    return actor_of(Role.ADVISOR, house.structure)


def an_action(house, named):
    return ActionFactory(beneficiary=house.person, organisation=house.structure, assignee_id=named)


def an_appointment(house, named):
    return AppointmentFactory(beneficiary=house.person, organisation=house.structure, advisor_id=named)


def a_call(house, named):
    """Six months of support after a hire that ended the stay."""
    exit_ = ExitFactory(stay=house.stay, occurred_on=timezone.localdate() - timedelta(days=30))
    Stay.objects.filter(pk=house.stay.pk).update(ended_on=exit_.occurred_on)
    placement = PlacementFactory(
        beneficiary=house.person, exit=exit_, advisor_id=named, started_on=exit_.occurred_on
    )
    return PostHireFollowUpFactory(placement=placement, due_on=timezone.localdate())


PROMISES = {"action": an_action, "appointment": an_appointment, "call": a_call}
PATHS = {
    Action: {"named": "assignee_id", "person": "beneficiary_id", "structure": "organisation_id"},
    Appointment: {"named": "advisor_id", "person": "beneficiary_id", "structure": "organisation_id"},
    PostHireFollowUp: {"named": "placement__advisor_id", "person": "placement__beneficiary_id"},
}
EVERY = pytest.mark.parametrize("promise", sorted(PROMISES))


def is_theirs(actor, row):
    model = type(row)
    path = PATHS[model]["person"].removesuffix("_id")
    rows = doors.of_accompanied(model.objects.visible_to(actor), actor, path)
    return answered_by(actor, rows, **PATHS[model]).filter(pk=row.pk).exists()


def leave(actor):
    Membership.objects.filter(user_id=actor.user_id).update(ended_at=timezone.now() - timedelta(hours=1))


def share(house):
    type(house.structure).objects.filter(pk=house.structure.pk).update(is_caseload_shared=True)


@EVERY
def test_it_is_the_named_colleagues_while_they_can(house, colleague, promise):
    share(house)
    row = PROMISES[promise](house, colleague.user_id)
    assert is_theirs(colleague, row)
    assert not is_theirs(house.advisor, row)
    assert is_theirs(house.manager, row)


@EVERY
def test_once_their_role_has_ended_it_is_the_advisors_of_the_stay(house, colleague, promise):
    share(house)
    third = actor_of(Role.ADVISOR, house.structure)
    row = PROMISES[promise](house, colleague.user_id)
    leave(colleague)
    assert is_theirs(house.advisor, row)
    assert is_theirs(house.manager, row)
    assert not is_theirs(third, row)


@EVERY
def test_somebody_of_another_structure_who_never_could_leaves_it_to_who_can(house, promise):
    row = PROMISES[promise](house, house.neighbour.user_id)
    assert is_theirs(house.advisor, row)
    assert not is_theirs(house.neighbour, row)


@EVERY
def test_nobodys_is_the_advisors_of_the_stay_then_everyones(house, promise):
    row = PROMISES[promise](house, UserFactory().pk)
    third = actor_of(Role.ADVISOR, house.structure)
    assert not is_theirs(third, row)
    Stay.objects.filter(pk=house.stay.pk).update(advisor=None)
    assert is_theirs(house.advisor, row)
    assert is_theirs(third, row)


@EVERY
def test_when_the_advisor_of_the_stay_left_too_the_manager_has_it(house, promise):
    row = PROMISES[promise](house, house.advisor.user_id)
    leave(house.advisor)
    assert is_theirs(house.manager, row)


@pytest.mark.parametrize("promise", ["action", "appointment"])
def test_what_was_planned_before_a_relay_falls_to_the_next_structure(house, promise):
    row = PROMISES[promise](house, house.advisor.user_id)
    Stay.objects.filter(pk=house.stay.pk).update(ended_on=timezone.localdate() - timedelta(days=10))
    second = OrganisationFactory(group=house.structure.group)
    advisor, manager = actor_of(Role.ADVISOR, second), actor_of(Role.MANAGER, second)
    StayFactory(beneficiary=house.person, organisation=second, advisor_id=advisor.user_id)
    assert is_theirs(advisor, row)
    assert is_theirs(manager, row)
