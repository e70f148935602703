"""A structure with its team, and a person they accompany."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import time_machine

from backend.accounts.models import User
from backend.audit.models import Entry
from backend.core.actor import Actor, Role
from backend.organisations.models import Organisation
from pathways.models import Beneficiary, Stay
from tests.factories import TODAY, OrganisationFactory, StayFactory, actor_of


@dataclass(frozen=True)
class House:
    """One structure, its advisor and manager, someone accompanied there, and a stranger next door."""

    structure: Organisation
    advisor: Actor
    manager: Actor
    supervisor: Actor
    neighbour: Actor
    stay: Stay

    @property
    def person(self) -> Beneficiary:
        return self.stay.beneficiary

    @property
    def advisor_user(self) -> User:
        return User.objects.get(pk=self.advisor.user_id)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(f"{TODAY}T10:00:00+01:00", tick=False):
        yield


@pytest.fixture
def house(db) -> House:
    structure = OrganisationFactory()
    advisor = actor_of(Role.ADVISOR, structure)
    return House(
        structure=structure,
        advisor=advisor,
        manager=actor_of(Role.MANAGER, structure),
        supervisor=actor_of(Role.SUPERVISOR, structure),
        neighbour=actor_of(Role.ADVISOR),
        stay=StayFactory(organisation=structure, advisor_id=advisor.user_id),
    )


@pytest.fixture
def trail_of(db):
    """Actions written about an object, oldest first."""

    def actions(subject) -> list[str]:
        return list(Entry.objects.about(subject).order_by("id").values_list("action", flat=True))

    return actions
