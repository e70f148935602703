"""A person with one competence under each status, one day of November, and who may speak for them."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from backend.core.actor import Role
from competences.enums import ProofStatus
from tests.competences.badges.carried import EMAIL, TODAY
from tests.factories import (
    AssessmentFactory,
    CompetenceFactory,
    LicenceFactory,
    OrganisationFactory,
    StayFactory,
    actor_of,
)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(f"{TODAY}T10:00:00+01:00", tick=False):
        yield


@pytest.fixture
def house():
    return OrganisationFactory(name="Les Ateliers inventés")


@pytest.fixture
def person(house):
    someone = StayFactory(organisation=house).beneficiary
    someone.first_name, someone.last_name = "Aurore", "Invraisemblable"
    someone.email = EMAIL
    someone.save()
    return someone


@pytest.fixture
def manager(house):
    return actor_of(Role.MANAGER, house)


@pytest.fixture
def held(person, house):
    """One competence under each status, and a title."""
    competence = CompetenceFactory(label="Laver les vitres", code="117001")
    for status in ProofStatus:
        AssessmentFactory(
            beneficiary=person, competence=competence, status=status, observer_name="Odile Exemple",
            organisation=house, assessed_on=date(2026, 11, 2),
        )  # fmt: skip
    LicenceFactory(beneficiary=person, kind="CACES_R489", label="catégorie 3", expires_on=date(2029, 1, 1))
