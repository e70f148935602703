"""A job of one employer, somebody who could do it, and their two browsers."""

from __future__ import annotations

import pytest
from django.test import Client

from competences.enums import Level
from tests.employers.profiles.canaries import CANARIES
from tests.factories import (
    AssessmentFactory,
    BeneficiaryAccessFactory,
    BeneficiaryFactory,
    CompetenceFactory,
    EmployerAccessFactory,
    EmployerFactory,
    EntryProfileFactory,
    InterviewFactory,
    JobProposalFactory,
    OrganisationFactory,
    ProfileConsentFactory,
    StayFactory,
    TaskAnalysisFactory,
    TaskRequirementFactory,
    UserFactory,
    WorkTaskFactory,
)
from tests.signin import sign_in as sit


@pytest.fixture(autouse=True)
def _today(today):
    """These tests ask the calendar."""


@pytest.fixture
def structure(db):
    return OrganisationFactory(name="Chantier des Rives")


@pytest.fixture
def employer(structure):
    return EmployerFactory(name="Brioches du Val", organisation=structure)


@pytest.fixture
def contact(employer) -> Client:
    return sit(Client(), EmployerAccessFactory(employer=employer).user)


@pytest.fixture
def task(employer):
    analysis = TaskAnalysisFactory(establishment__employer=employer, returned=True)
    return WorkTaskFactory(analysis=analysis, name="Peser les ingrédients")


@pytest.fixture
def job(structure, task):
    return JobProposalFactory(title="Aide au fournil", organisation=structure, tasks=[task])


@pytest.fixture
def person(structure, task):
    """Everything about her is recognisable; one competence is held."""
    colleague = UserFactory(first_name="Canaricollegue", last_name="Canarisuite")
    person = BeneficiaryFactory(**CANARIES)
    EntryProfileFactory(beneficiary=person, brsa=True, rqth=True)
    StayFactory(beneficiary=person, organisation=structure, advisor=colleague)
    InterviewFactory(beneficiary=person, synthesis="Canarisynthese", author=colleague)
    required = TaskRequirementFactory(task=task, competence=CompetenceFactory(label="Peser au gramme"))
    AssessmentFactory(
        beneficiary=person,
        competence=required.competence,
        level=Level.ALONE,
        observer=colleague,
        observer_name="Canariobservateur",
        context="Canaricontexte",
        organisation=structure,
    )
    return person


@pytest.fixture
def consent(person, employer, job):
    return ProfileConsentFactory(
        beneficiary=person,
        employer=employer,
        proposal=job,
        granted=True,
        decided_with=UserFactory(first_name="Canaritemoin"),
    )


@pytest.fixture
def herself(person) -> Client:
    return sit(Client(), BeneficiaryAccessFactory(beneficiary=person).user)


@pytest.fixture
def question(person, employer, job):
    return ProfileConsentFactory(beneficiary=person, employer=employer, proposal=job)
