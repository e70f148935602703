"""A bakery, the structure that works with it, someone accompanied there, and strangers next door."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import time_machine

from backend.audit.models import Entry
from backend.core.actor import Actor, Role
from backend.organisations.models import Organisation
from employers.models import Employer, Establishment, JobProposal, TaskAnalysis, WorkTask
from employers.selectors import referential
from pathways.models import Beneficiary, Stay
from tests.factories import (
    TODAY,
    EmployerFactory,
    EstablishmentFactory,
    JobProposalFactory,
    OrganisationFactory,
    StayFactory,
    TaskAnalysisFactory,
    WorkTaskFactory,
    actor_of,
)


@dataclass(frozen=True)
class Bakery:
    """One employer of one structure, a job made of one of its tasks, and everyone who may knock."""

    structure: Organisation
    advisor: Actor
    manager: Actor
    supervisor: Actor
    neighbour: Actor
    contact: Actor
    stay: Stay
    employer: Employer
    establishment: Establishment
    analysis: TaskAnalysis
    task: WorkTask
    proposal: JobProposal

    @property
    def person(self) -> Beneficiary:
        return self.stay.beneficiary

    @property
    def person_herself(self) -> Actor:
        return actor_of(Role.BENEFICIARY, beneficiary=self.person)


@pytest.fixture
def today():
    """The day of most tests; asked for by those that look at the calendar."""
    with time_machine.travel(f"{TODAY}T10:00:00+01:00", tick=False):
        yield TODAY


@pytest.fixture
def fresh_referential():
    """Tests write competences one by one: what the process keeps of a referential is forgotten between them."""
    referential._built.cache_clear()
    yield
    referential._built.cache_clear()


@pytest.fixture
def bakery(db, today, fresh_referential) -> Bakery:
    structure = OrganisationFactory()
    advisor = actor_of(Role.ADVISOR, structure)
    employer = EmployerFactory(organisation=structure)
    establishment = EstablishmentFactory(employer=employer)
    analysis = TaskAnalysisFactory(establishment=establishment)
    task = WorkTaskFactory(analysis=analysis)
    return Bakery(
        structure=structure,
        advisor=advisor,
        manager=actor_of(Role.MANAGER, structure),
        supervisor=actor_of(Role.SUPERVISOR, structure),
        neighbour=actor_of(Role.ADVISOR),
        contact=actor_of(Role.EMPLOYER, employer=employer),
        stay=StayFactory(organisation=structure, advisor_id=advisor.user_id),
        employer=employer,
        establishment=establishment,
        analysis=analysis,
        task=task,
        proposal=JobProposalFactory(organisation=structure, tasks=[task]),
    )


@pytest.fixture
def trail_of(db):
    """Actions written about an object, oldest first."""

    def actions(subject) -> list[str]:
        return list(Entry.objects.about(subject).order_by("id").values_list("action", flat=True))

    return actions
