"""A structure, its team and a neighbour; an employer whose work was looked at, a job, people who could hold it."""

from __future__ import annotations

import pytest
from django.test import Client

from competences.enums import Level
from employers.selectors import referential
from tests.factories import (
    AssessmentFactory,
    BeneficiaryFactory,
    CompetenceFactory,
    EmployerFactory,
    JobProposalFactory,
    MembershipFactory,
    OccupationCompetenceFactory,
    OrganisationFactory,
    PlacementFactory,
    PostHireFollowUpFactory,
    StayFactory,
    TaskAnalysisFactory,
    TaskRequirementFactory,
    WorkTaskFactory,
)
from tests.signin import sign_in as sit


@pytest.fixture(autouse=True)
def _today(today):
    referential._built.cache_clear()


@pytest.fixture
def structure(db):
    return OrganisationFactory(name="Chantier des Rives")


@pytest.fixture
def seat(structure):
    return MembershipFactory(organisation=structure)


@pytest.fixture
def team(seat) -> Client:
    return sit(Client(), seat.user)


@pytest.fixture
def head(structure) -> Client:
    return sit(Client(), MembershipFactory(group_head=True, group=structure.group).user)


@pytest.fixture
def stranger(db) -> Client:
    return sit(Client(), MembershipFactory().user)


@pytest.fixture
def employer(structure):
    return EmployerFactory(name="Brioches du Val", sector="Boulangerie", organisation=structure)


@pytest.fixture
def task(employer):
    analysis = TaskAnalysisFactory(establishment__employer=employer)
    return WorkTaskFactory(analysis=analysis, name="Peser les ingrédients")


@pytest.fixture
def job(structure, task):
    return JobProposalFactory(title="Aide au fournil", organisation=structure, tasks=[task])


@pytest.fixture
def asked(task):
    competence = CompetenceFactory(label="Peser au gramme", search_label="peser au gramme")
    OccupationCompetenceFactory(competence=competence)
    TaskRequirementFactory(task=task, competence=competence, level=Level.WITH_HELP)
    return competence


@pytest.fixture
def able(structure, seat, asked):
    def make(first_name, level=Level.ALONE):
        stay = StayFactory(
            organisation=structure,
            advisor=seat.user,
            beneficiary=BeneficiaryFactory(first_name=first_name, last_name="Fictive"),
        )
        AssessmentFactory(beneficiary=stay.beneficiary, competence=asked, level=level)
        return stay

    return make


@pytest.fixture
def follow_up(able, employer):
    placement = PlacementFactory(beneficiary=able("Solange").beneficiary, employer=employer)
    return PostHireFollowUpFactory(placement=placement)
