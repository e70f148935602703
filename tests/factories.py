"""Valid, boring objects; names are obviously invented, dates are fixed by the test."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from backend.accounts.models import User
from backend.core.actor import Actor, Role
from backend.organisations.enums import StructureKind
from backend.organisations.models import Convention, Group, Membership, Organisation
from competences.enums import Level, Nature, ProofStatus
from competences.models import Assessment, Competence, Occupation, OccupationCompetence
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
from pathways.enums import BarrierTheme, ContractKind, InterviewKind, InterviewMode
from pathways.models import (
    Action,
    Appointment,
    BarrierReading,
    Beneficiary,
    BeneficiaryAccess,
    Contract,
    EntryProfile,
    Exit,
    Goal,
    IaePass,
    Interview,
    MonthlyHours,
    PrivateNote,
    Stay,
)

TODAY = date(2026, 11, 22)
PASSWORD = "un-long-mot-de-passe-invente"
LAST_NAMES = ("Fictive", "Inventé", "Imaginaire", "Supposée", "Modèle", "Exemple", "Prétendu", "Songe")
FIRST_NAMES = ("Solange", "Karim", "Jo", "Amina", "Lina", "Théo", "Paul", "Nadia")


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"compte{n}@example.org")
    first_name = "Odile"
    last_name = "Exemple"
    password = factory.PostGenerationMethodCall("set_password", PASSWORD)

    @classmethod
    def _after_postgeneration(cls, instance, create, results=None):
        if create:
            instance.save()


class GroupFactory(DjangoModelFactory):
    class Meta:
        model = Group

    name = factory.Sequence(lambda n: f"Groupe des {n} Vallées")


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Chantier des Rives {n}")
    kind = StructureKind.ACI
    group = factory.SubFactory(GroupFactory)


class ConventionFactory(DjangoModelFactory):
    class Meta:
        model = Convention

    organisation = factory.SubFactory(OrganisationFactory)
    year = TODAY.year
    dynamic_target = Decimal("0.60")
    durable_target = Decimal("0.25")


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    role = Role.ADVISOR
    organisation = factory.SubFactory(OrganisationFactory)


class BeneficiaryFactory(DjangoModelFactory):
    class Meta:
        model = Beneficiary

    last_name = factory.Iterator(LAST_NAMES)
    first_name = factory.Iterator(FIRST_NAMES)
    birth_date = date(1988, 5, 17)


class EntryProfileFactory(DjangoModelFactory):
    class Meta:
        model = EntryProfile

    beneficiary = factory.SubFactory(BeneficiaryFactory)


class BeneficiaryAccessFactory(DjangoModelFactory):
    class Meta:
        model = BeneficiaryAccess

    user = factory.SubFactory(UserFactory)
    beneficiary = factory.SubFactory(BeneficiaryFactory)


class StayFactory(DjangoModelFactory):
    """An open stay; `advisor` is a user or None (then every advisor of the structure sees the person)."""

    class Meta:
        model = Stay

    beneficiary = factory.SubFactory(BeneficiaryFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    started_on = date(2026, 1, 5)


class ContractFactory(DjangoModelFactory):
    class Meta:
        model = Contract

    stay = factory.SubFactory(StayFactory)
    kind = ContractKind.CDDI
    started_on = factory.SelfAttribute("stay.started_on")
    planned_end_on = date(2027, 1, 4)
    weekly_hours = Decimal("26.00")


class MonthlyHoursFactory(DjangoModelFactory):
    class Meta:
        model = MonthlyHours

    contract = factory.SubFactory(ContractFactory)
    month = date(2026, 3, 1)
    hours = Decimal("110.00")


class IaePassFactory(DjangoModelFactory):
    class Meta:
        model = IaePass

    beneficiary = factory.SubFactory(BeneficiaryFactory)
    number = factory.Sequence(lambda n: f"99999{n:07d}")
    starts_on = date(2026, 1, 5)
    ends_on = date(2028, 1, 4)


class InterviewFactory(DjangoModelFactory):
    class Meta:
        model = Interview

    beneficiary = factory.SubFactory(BeneficiaryFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    author = factory.SubFactory(UserFactory)
    happened_at = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
    kind = InterviewKind.FOLLOW_UP
    mode = InterviewMode.IN_PERSON
    duration_minutes = 30
    synthesis = "Horaires tenus."


class PrivateNoteFactory(DjangoModelFactory):
    class Meta:
        model = PrivateNote

    interview = factory.SubFactory(InterviewFactory)
    author = factory.SelfAttribute("interview.author")
    text = "À revoir avec calme."


class BarrierReadingFactory(DjangoModelFactory):
    class Meta:
        model = BarrierReading

    beneficiary = factory.SubFactory(BeneficiaryFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    theme = BarrierTheme.MOBILITY
    impact = 2
    read_on = date(2026, 11, 3)


class GoalFactory(DjangoModelFactory):
    class Meta:
        model = Goal

    beneficiary = factory.SubFactory(BeneficiaryFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    label = "Travailler dans la propreté"


class ActionFactory(DjangoModelFactory):
    class Meta:
        model = Action

    beneficiary = factory.SubFactory(BeneficiaryFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    label = "Voir avec la cantine"
    due_on = date(2026, 12, 1)


class AppointmentFactory(DjangoModelFactory):
    class Meta:
        model = Appointment

    beneficiary = factory.SubFactory(BeneficiaryFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    advisor = factory.SubFactory(UserFactory)
    starts_at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class ExitFactory(DjangoModelFactory):
    """A closed stay and its exit."""

    class Meta:
        model = Exit

    stay = factory.SubFactory(StayFactory, ended_on=date(2026, 10, 30))
    occurred_on = factory.SelfAttribute("stay.ended_on")
    motive = "7"


class OccupationFactory(DjangoModelFactory):
    class Meta:
        model = Occupation

    rome_code = factory.Sequence(lambda n: f"K{n:04d}")
    label = "Nettoyage de locaux"


class CompetenceFactory(DjangoModelFactory):
    class Meta:
        model = Competence

    code = factory.Sequence(lambda n: f"T{n:05d}")
    label = factory.Sequence(lambda n: f"Nettoyer une surface {n}")
    nature = Nature.KNOW_HOW


class OccupationCompetenceFactory(DjangoModelFactory):
    class Meta:
        model = OccupationCompetence

    occupation = factory.SubFactory(OccupationFactory)
    competence = factory.SubFactory(CompetenceFactory)


class AssessmentFactory(DjangoModelFactory):
    class Meta:
        model = Assessment

    beneficiary = factory.SubFactory(BeneficiaryFactory)
    competence = factory.SubFactory(CompetenceFactory)
    level = Level.ALONE
    status = ProofStatus.OBSERVED
    assessed_on = date(2026, 10, 14)


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
    class Meta:
        model = TaskAnalysis

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
    class Meta:
        model = ProfileConsent

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


def actor_of(role: Role, organisation: Organisation | None = None, **fields: object) -> Actor:
    """The actor of a new seat with this role: a real membership (or access) read back as the door does."""
    if role is Role.OPERATOR:
        return Actor.operator()
    if role is Role.EMPLOYER:
        return EmployerAccessFactory(**fields).as_actor()
    if role is Role.BENEFICIARY:
        return BeneficiaryAccessFactory(**fields).as_actor()
    if role is Role.NETWORK_HEAD:
        return MembershipFactory(role=role, organisation=None, **fields).as_actor()
    organisation = organisation or OrganisationFactory()
    if role is Role.GROUP_HEAD:
        return MembershipFactory(role=role, organisation=None, group=organisation.group, **fields).as_actor()
    return MembershipFactory(role=role, organisation=organisation, **fields).as_actor()
