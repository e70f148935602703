"""Employers, what their work is made of, and what they hear of people."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from employers.enums import AnalysisStatus, ConsentDecision
from employers.models import (
    Employer,
    EmployerAccess,
    Establishment,
    JobProposal,
    Placement,
    PostHireFollowUp,
    ProfileConsent,
    TaskAnalysis,
    TaskRequirement,
    WorkTask,
)
from tests.factories.competences import CompetenceFactory
from tests.factories.organisations import OrganisationFactory, UserFactory
from tests.factories.pathways import BeneficiaryFactory


class EmployerFactory(DjangoModelFactory):
    class Meta:
        model = Employer

    name = factory.Sequence(lambda n: f"Brioches du Val {n}")
    organisation = factory.SubFactory(OrganisationFactory)


class EmployerAccessFactory(DjangoModelFactory):
    class Meta:
        model = EmployerAccess

    user = factory.SubFactory(UserFactory)
    employer = factory.SubFactory(EmployerFactory)


class EstablishmentFactory(DjangoModelFactory):
    class Meta:
        model = Establishment

    employer = factory.SubFactory(EmployerFactory)
    name = "Fournil"


class TaskAnalysisFactory(DjangoModelFactory):
    """A task sheet being written; `returned=True` was read with the employer."""

    class Meta:
        model = TaskAnalysis

    class Params:
        returned = factory.Trait(status=AnalysisStatus.RETURNED)

    establishment = factory.SubFactory(EstablishmentFactory)
    organisation = factory.SelfAttribute("establishment.employer.organisation")
    title = "Une journée au fournil"
    observed_on = date(2026, 10, 6)


class WorkTaskFactory(DjangoModelFactory):
    class Meta:
        model = WorkTask

    analysis = factory.SubFactory(TaskAnalysisFactory)
    name = "Peser les ingrédients"
    family = "production"
    weekly_hours = Decimal("6.0")
    season_hours = factory.LazyFunction(lambda: [6.0, 6.0, 5.5, 6.0])


class TaskRequirementFactory(DjangoModelFactory):
    class Meta:
        model = TaskRequirement

    task = factory.SubFactory(WorkTaskFactory)
    competence = factory.SubFactory(CompetenceFactory)


class JobProposalFactory(DjangoModelFactory):
    class Meta:
        model = JobProposal
        skip_postgeneration_save = True

    title = "Aide de production"
    organisation = factory.SubFactory(OrganisationFactory)

    @factory.post_generation
    def tasks(self, create, extracted, **kwargs):
        """Tasks given by the test, with the employers they belong to."""
        if create and extracted:
            self.tasks.set(extracted)
            self.employers.set({task.analysis.establishment.employer for task in extracted})


class ProfileConsentFactory(DjangoModelFactory):
    """A question that waits for the person's answer; `granted=True` got a yes."""

    class Meta:
        model = ProfileConsent

    class Params:
        granted = factory.Trait(decision=ConsentDecision.GRANTED)

    beneficiary = factory.SubFactory(BeneficiaryFactory)
    employer = factory.SubFactory(EmployerFactory)
    text_version = "2026-01"
    ends_on = date(2027, 2, 22)


class PlacementFactory(DjangoModelFactory):
    class Meta:
        model = Placement

    beneficiary = factory.SubFactory(BeneficiaryFactory)
    employer = factory.SubFactory(EmployerFactory)
    kind = "CDI"
    started_on = date(2026, 9, 1)


class PostHireFollowUpFactory(DjangoModelFactory):
    class Meta:
        model = PostHireFollowUp

    placement = factory.SubFactory(PlacementFactory)
    milestone = "M3"
    due_on = date(2026, 12, 1)
