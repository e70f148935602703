"""A small invented territory for the screens: one advisor, a few people, years of steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from backend.accounts.allauth_seams import set_up_application
from backend.accounts.models import User
from backend.core.actor import Role
from backend.organisations.enums import StructureKind
from backend.organisations.models import Membership, Organisation
from competences.enums import Level, ProofStatus
from pathways.enums import BarrierTheme, ContractKind, InterviewKind, InterviewMode
from pathways.models import Beneficiary, BeneficiaryAccess
from tests.factories import (
    TODAY,
    ActionFactory,
    AppointmentFactory,
    AssessmentFactory,
    BarrierReadingFactory,
    BeneficiaryAccessFactory,
    BeneficiaryFactory,
    CompetenceFactory,
    ContractFactory,
    ExitFactory,
    GoalFactory,
    GroupFactory,
    IaePassFactory,
    InterviewFactory,
    LicenceFactory,
    MembershipFactory,
    OrganisationFactory,
    PrivateNoteFactory,
    StayFactory,
    UserFactory,
)

STEPS = (
    ("ai", ContractKind.CDDU, date(2024, 1, 8), date(2024, 7, 28)),
    ("etti", ContractKind.CTT, date(2024, 8, 19), date(2025, 1, 24)),
    ("aci", ContractKind.CDDI, date(2025, 4, 11), date(2025, 12, 31)),
    ("sap", ContractKind.CDD, date(2026, 1, 5), date(2026, 6, 30)),
)


@dataclass
class Territory:
    """Who and where, for the tests to act on."""

    structures: dict[str, Organisation]
    advisor: User
    seat: Membership
    solange: Beneficiary
    karim: Beneficiary
    jo: Beneficiary
    door: BeneficiaryAccess


def signed_up(user: User) -> User:
    """The same account with its second factor in place."""
    set_up_application(user)
    return user


def member(role: Role, organisation: Organisation, **names: str) -> Membership:
    """A colleague who can sign in."""
    return MembershipFactory(role=role, organisation=organisation, user=signed_up(UserFactory(**names)))


def territory() -> Territory:
    """Four structures, an advisor of the chantier, and the people they follow."""
    group = GroupFactory(name="GES des Trois Vallées")
    structures = {
        "ai": OrganisationFactory(name="Trois Vallées Services", kind=StructureKind.AI, group=group),
        "etti": OrganisationFactory(name="Vallées Intérim", kind=StructureKind.ETTI, group=group),
        "aci": OrganisationFactory(name="Chantier des Rives", kind=StructureKind.ACI, group=group),
        "sap": OrganisationFactory(name="Aide aux Hameaux", kind=StructureKind.ASP_SAP, group=group),
    }
    seat = member(Role.ADVISOR, structures["aci"], first_name="Odile", last_name="Exemple")
    solange, karim, jo = (
        _solange(structures, seat.user),
        _karim(structures, seat.user),
        _jo(structures, seat.user),
    )
    door = BeneficiaryAccessFactory(
        beneficiary=solange, user=UserFactory(first_name="Solange", last_name="Fictive")
    )
    return Territory(structures, seat.user, seat, solange, karim, jo, door)


def _solange(structures: dict[str, Organisation], advisor: User) -> Beneficiary:
    """AI, ETTI, chantier, services à la personne, then back at the chantier: the long story."""
    person = BeneficiaryFactory(first_name="Solange", last_name="Fictive")
    for key, kind, start, end in STEPS:
        stay = StayFactory(beneficiary=person, organisation=structures[key], started_on=start, ended_on=end)
        ContractFactory(stay=stay, kind=kind, started_on=start, planned_end_on=end, ended_on=end)
        ExitFactory(stay=stay, occurred_on=end, motive="2")
    stay = StayFactory(
        beneficiary=person, organisation=structures["aci"], started_on=date(2026, 7, 15), advisor=advisor
    )
    ContractFactory(stay=stay, started_on=date(2026, 7, 15), planned_end_on=date(2026, 12, 20))
    IaePassFactory(beneficiary=person, starts_on=date(2024, 1, 8), ends_on=date(2026, 12, 12))
    _talks(person, structures["aci"], advisor)
    for theme, readings in (
        (BarrierTheme.MOBILITY, ((2025, 5, 3), (2025, 11, 2), (2026, 8, 1))),
        (BarrierTheme.FAMILY, ((2026, 1, 1), (2026, 9, 2))),
    ):
        for year, month, impact in readings:
            BarrierReadingFactory(
                beneficiary=person,
                organisation=structures["aci"],
                theme=theme,
                impact=impact,
                read_on=date(year, month, 10),
            )
    GoalFactory(beneficiary=person, organisation=structures["aci"], label="Passer le permis B")
    ActionFactory(beneficiary=person, organisation=structures["aci"], assignee=advisor)
    for label, level, status in (
        ("Nettoyer des locaux collectifs", Level.ALONE, ProofStatus.OBSERVED),
        ("Contrôler visuellement un produit", Level.WITH_HELP, ProofStatus.OBSERVED),
        ("Conditionner un produit", Level.TEACHES, ProofStatus.RECOGNISED),
    ):
        AssessmentFactory(
            beneficiary=person, competence=CompetenceFactory(label=label), level=level, status=status
        )
    LicenceFactory(beneficiary=person, obtained_on=date(2024, 11, 20), expires_on=date(2029, 11, 19))
    return person


def _talks(person: Beneficiary, organisation: Organisation, advisor: User) -> None:
    for week in range(0, 60, 5):
        talk = InterviewFactory(
            beneficiary=person,
            organisation=organisation,
            author=advisor,
            happened_at=datetime(2026, 11, 3, 9, tzinfo=UTC) - timedelta(weeks=week),
            kind=InterviewKind.FOLLOW_UP,
            mode=InterviewMode.ON_SITE if week % 2 else InterviewMode.IN_PERSON,
            topics=["EMPLOI", "MOBILITE"],
            synthesis="Horaires tenus. Demande quatre heures de plus le mercredi.",
        )
        if week == 0:
            PrivateNoteFactory(interview=talk)


def _karim(structures: dict[str, Organisation], advisor: User) -> Beneficiary:
    """Expected today, his contract ends in three weeks."""
    person = BeneficiaryFactory(first_name="Karim", last_name="Inventé")
    stay = StayFactory(beneficiary=person, organisation=structures["aci"], advisor=advisor)
    ContractFactory(stay=stay, planned_end_on=TODAY + timedelta(days=21))
    AppointmentFactory(
        beneficiary=person,
        organisation=structures["aci"],
        advisor=advisor,
        starts_at=datetime.combine(TODAY, datetime.min.time(), tzinfo=UTC) + timedelta(hours=14),
        purpose="Entretien de suivi",
    )
    return person


def _jo(structures: dict[str, Organisation], advisor: User) -> Beneficiary:
    """Without news, without contract since six weeks, nothing planned."""
    person = BeneficiaryFactory(first_name="Jo", last_name="Imaginaire")
    stay = StayFactory(
        beneficiary=person, organisation=structures["aci"], advisor=advisor, started_on=date(2026, 3, 2)
    )
    end = date(2026, 10, 6)
    ContractFactory(stay=stay, started_on=date(2026, 3, 2), planned_end_on=end, ended_on=end)
    return person
