"""A structure that meets people every sixty days, its advisor, its manager, and someone who stays there."""

from __future__ import annotations

import pytest

from backend.core.actor import Role
from tests.factories import OrganisationFactory, StayFactory, actor_of


@pytest.fixture
def place():
    return OrganisationFactory(interview_every_days=60)


@pytest.fixture
def advisor(place):
    return actor_of(Role.ADVISOR, place)


@pytest.fixture
def manager(place):
    return actor_of(Role.MANAGER, place)


@pytest.fixture
def stay(place, advisor):
    return StayFactory(organisation=place, advisor_id=advisor.user_id)
