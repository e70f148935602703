"""What a page reads of one person is read once, for one actor, and forgotten with the page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend.core.actor import Role
from backend.core.pages.once import one_page
from pathways.models import Beneficiary
from pathways.permissions import accompanies
from pathways.selectors.following import person as readings
from tests.factories import (
    ActionFactory,
    BeneficiaryAccessFactory,
    BeneficiaryFactory,
    MembershipFactory,
    OrganisationFactory,
    PlacementFactory,
    StayFactory,
    UserFactory,
    actor_of,
)
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
READINGS = [
    readings.stays_of,
    readings.passes_of,
    readings.interviews_of,
    readings.actions_of,
    readings.barrier_readings_of,
    readings.immersions_of,
    readings.trainings_of,
    readings.wishes_of,
    readings.visits_of,
    readings.saved_days_of,
    readings.relays_of,
    readings.data_requests_of,
]


@pytest.fixture
def seat(today):
    return MembershipFactory(role=Role.ADVISOR)


@pytest.fixture
def advisor(seat):
    return seat.as_actor()


@pytest.fixture
def stay(seat):
    return StayFactory(organisation=seat.organisation, advisor=seat.user)


@pytest.mark.parametrize("read", READINGS, ids=lambda read: read.__name__)
def test_a_page_asks_once_and_what_asks_again_costs_nothing(read, advisor, stay):
    with one_page():
        first = read(advisor, stay.beneficiary_id)
        assert queries_of(lambda: read(advisor, stay.beneficiary_id)) == 0
        assert read(advisor, stay.beneficiary_id) is first
    assert queries_of(lambda: read(advisor, stay.beneficiary_id)) > 0


def test_on_one_page_somebody_else_reads_what_is_theirs(advisor, stay):
    elsewhere = MembershipFactory(role=Role.ADVISOR).as_actor()
    with one_page():
        assert readings.stays_of(advisor, stay.beneficiary_id) == (stay,)
        assert readings.stays_of(elsewhere, stay.beneficiary_id) == ()
        assert accompanies(advisor, stay.beneficiary)
        assert not accompanies(elsewhere, stay.beneficiary)


def test_what_was_just_written_is_read_by_the_next_page_and_outside_any(advisor, stay):
    with one_page():
        assert readings.actions_of(advisor, stay.beneficiary_id) == ()
    action = ActionFactory(beneficiary=stay.beneficiary, organisation=stay.organisation)
    assert readings.actions_of(advisor, stay.beneficiary_id) == (action,)
    with one_page():
        assert readings.actions_of(advisor, stay.beneficiary_id) == (action,)


@pytest.mark.parametrize("role", sorted(Role))
def test_each_role_accompanies_exactly_whom_its_list_of_people_accompanied_holds(role, today):
    here = OrganisationFactory()
    mine = StayFactory(organisation=here)
    ended = StayFactory(organisation=here, ended_on=today - timedelta(days=1))
    last_day = StayFactory(organisation=here, ended_on=today)
    expected = StayFactory(organisation=here, started_on=today + timedelta(days=9))
    colleagues = StayFactory(organisation=here, advisor=UserFactory())
    hired = PlacementFactory(beneficiary=ended.beneficiary)
    people = [stay.beneficiary for stay in (mine, ended, last_day, expected, colleagues, StayFactory())]
    people += [hired.beneficiary, BeneficiaryFactory()]
    whose = {"beneficiary": mine.beneficiary} if role is Role.BENEFICIARY else {}
    actor = actor_of(role, here, **whose)
    opened = set(Beneficiary.objects.accompanied_by(actor))
    assert [accompanies(actor, person) for person in people] == [person in opened for person in people]
    with one_page():
        assert [accompanies(actor, person) for person in people] == [person in opened for person in people]


def test_a_person_accompanies_themselves_and_nobody_else(stay):
    oneself = BeneficiaryAccessFactory(beneficiary=stay.beneficiary).as_actor()
    assert accompanies(oneself, stay.beneficiary)
    assert not accompanies(oneself, StayFactory().beneficiary)
