"""People, and the thread of their pathway."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from pathways.enums import BarrierTheme, ContractKind, InterviewKind, InterviewMode, RelayPart, WatchEndReason
from pathways.models import (
    AccessCopy,
    Action,
    Appointment,
    BarrierReading,
    Beneficiary,
    BeneficiaryAccess,
    Contract,
    DataRequest,
    Derogation,
    EligibilityDiagnosis,
    EntryProfile,
    Exit,
    Goal,
    HoursAmendment,
    HoursWish,
    IaePass,
    Immersion,
    Interview,
    MonthlyHours,
    PassProlongation,
    PassSuspension,
    PrivateNote,
    Relay,
    RelayStep,
    Retention,
    Reunion,
    Stay,
    ToldApart,
    Training,
    WatchEnd,
)
from tests.factories.given import FIRST_NAMES, LAST_NAMES, TODAY
from tests.factories.organisations import OrganisationFactory, UserFactory


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
    """An open stay; `advisor` is a user or None (then every advisor of the structure sees the person).

    `closed=True` ended it three weeks before `TODAY`.
    """

    class Meta:
        model = Stay

    class Params:
        closed = factory.Trait(ended_on=date(2026, 10, 30))

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


class HoursAmendmentFactory(DjangoModelFactory):
    class Meta:
        model = HoursAmendment

    contract = factory.SubFactory(ContractFactory)
    starts_on = date(2026, 6, 1)
    weekly_hours = Decimal("30.00")


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
    number = factory.Sequence(lambda n: f"999998{n:06d}")
    starts_on = date(2026, 1, 5)
    ends_on = date(2028, 1, 4)


class PassSuspensionFactory(DjangoModelFactory):
    class Meta:
        model = PassSuspension

    iae_pass = factory.SubFactory(IaePassFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    motive = "CONTRAT_ROMPU"
    starts_on = date(2026, 3, 2)
    ends_on = date(2026, 4, 30)


class PassProlongationFactory(DjangoModelFactory):
    """A request nobody answered yet."""

    class Meta:
        model = PassProlongation

    iae_pass = factory.SubFactory(IaePassFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    motive = "RQTH"
    starts_on = factory.SelfAttribute("iae_pass.ends_on")
    ends_on = factory.LazyAttribute(lambda row: row.starts_on + timedelta(days=90))
    asked_on = date(2026, 1, 6)


class DerogationFactory(DjangoModelFactory):
    """A request nobody answered yet."""

    class Meta:
        model = Derogation

    beneficiary = factory.SubFactory(BeneficiaryFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    motive = "RQTH"
    decider = "PRESCRIPTEUR"
    starts_on = date(2027, 1, 5)
    ends_on = date(2027, 4, 4)
    asked_on = date(2026, 1, 6)


class EligibilityDiagnosisFactory(DjangoModelFactory):
    """A diagnosis of the structure, by one criterion of level 1."""

    class Meta:
        model = EligibilityDiagnosis

    beneficiary = factory.SubFactory(BeneficiaryFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    made_by = "EMPLOYEUR"
    made_on = date(2026, 10, 5)
    criteria = factory.LazyFunction(lambda: ["RSA"])
    documents = factory.LazyFunction(lambda: {"RSA": "2026-10-01"})


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


class ImmersionFactory(DjangoModelFactory):
    class Meta:
        model = Immersion

    beneficiary = factory.SubFactory(BeneficiaryFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    prescriber = "FRANCE_TRAVAIL"
    host_name = factory.Sequence(lambda n: f"Fournil songé {n}")
    host_town = "Rêveville"
    purpose = "DECOUVRIR"
    objectives = "Voir le travail du fournil"
    started_on = date(2026, 11, 2)
    planned_end_on = date(2026, 11, 13)


class HoursWishFactory(DjangoModelFactory):
    class Meta:
        model = HoursWish

    beneficiary = factory.SubFactory(BeneficiaryFactory)
    voice = "EQUIPE"
    starts_on = date(2026, 9, 1)
    weekly_hours = Decimal(26)
    moments = factory.LazyFunction(lambda: ["LUN_M", "MAR_M", "JEU_M", "VEN_M", "VEN_A"])


class TrainingFactory(DjangoModelFactory):
    class Meta:
        model = Training

    beneficiary = factory.SubFactory(BeneficiaryFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    title = factory.Sequence(lambda n: f"Cuisine songée {n}")
    kind = "QUALIFIANTE"
    started_on = date(2026, 11, 2)
    planned_end_on = date(2026, 11, 13)


class ReunionFactory(DjangoModelFactory):
    class Meta:
        model = Reunion

    kept = factory.SubFactory(BeneficiaryFactory)
    gone_id = factory.Sequence(lambda n: 10**9 + n)
    memory = "[]"


class ToldApartFactory(DjangoModelFactory):
    class Meta:
        model = ToldApart

    first = factory.SubFactory(BeneficiaryFactory)
    second = factory.SubFactory(BeneficiaryFactory)


class WatchEndFactory(DjangoModelFactory):
    class Meta:
        model = WatchEnd

    beneficiary = factory.SubFactory(BeneficiaryFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    reason = WatchEndReason.UNREACHABLE


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

    stay = factory.SubFactory(StayFactory, closed=True)
    occurred_on = factory.SelfAttribute("stay.ended_on")
    motive = "7"


class RelayFactory(DjangoModelFactory):
    """A relay just proposed to another structure of the group; `agreed` once the person gave everything."""

    beneficiary = factory.SubFactory(BeneficiaryFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    receiver = factory.SubFactory(OrganisationFactory)
    message = "Quelqu’un que nous accompagnons aimerait continuer chez vous."
    meets_at = datetime(2026, 12, 7, 10, 0, tzinfo=UTC)
    planned_on = date(2026, 12, 14)
    moved_on = TODAY
    expires_on = date(2026, 12, 23)

    class Meta:
        model = Relay

    class Params:
        agreed = factory.Trait(status="ACCORD", parts=" ".join(RelayPart.values), agreed_on=TODAY)


class RelayStepFactory(DjangoModelFactory):
    """Something to do before the welcome."""

    relay = factory.SubFactory(RelayFactory)
    label = "Visiter le lieu de travail"
    hand = "ACCUEIL"
    due_on = date(2026, 12, 10)

    class Meta:
        model = RelayStep


class DataRequestFactory(DjangoModelFactory):
    """A request nobody answered yet."""

    class Meta:
        model = DataRequest

    beneficiary = factory.SubFactory(BeneficiaryFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    kind = "CORRECTION"
    words = "La date est fausse."
    due_on = date(2026, 12, 22)


class RetentionFactory(DjangoModelFactory):
    """Somebody whose erasure is announced."""

    class Meta:
        model = Retention

    beneficiary = factory.SubFactory(BeneficiaryFactory)
    noticed_on = date(2026, 11, 1)
    erases_on = date(2026, 12, 1)


class AccessCopyFactory(DjangoModelFactory):
    """A copy being prepared."""

    class Meta:
        model = AccessCopy

    user = factory.SubFactory(UserFactory)
    seat = "membership:1"
    beneficiary = factory.SubFactory(BeneficiaryFactory)
