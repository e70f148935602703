"""Somebody with a full thread: gestures under each proof, contracts of two trades, an immersion, trainings and titles."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from backend.core.actor import Role
from competences.enums import ProofStatus
from tests.factories import (
    AssessmentFactory,
    BeneficiaryAccessFactory,
    BeneficiaryFactory,
    CompetenceFactory,
    ContractFactory,
    ImmersionFactory,
    LicenceFactory,
    OccupationFactory,
    OrganisationFactory,
    StayFactory,
    TrainingFactory,
    actor_of,
)

TODAY = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(f"{TODAY}T10:00:00+01:00", tick=False):
        yield


@pytest.fixture
def house(db):
    return OrganisationFactory(name="Chantier d’insertion des Rives", kind="ACI")


@pytest.fixture
def person(house):
    OccupationFactory(rome_code="K2204", label="Agent / Agente de propreté")
    OccupationFactory(rome_code="A1203", label="Jardinier / Jardinière")
    found = BeneficiaryFactory(
        first_name="Nadia", last_name="Inventée", sex="F", birth_date=date(1984, 5, 6), phone="0639981234",
        email="nadia.inventee@example.org", postcode="21000",
    )  # fmt: skip
    stay = StayFactory(beneficiary=found, organisation=house, started_on=date(2025, 3, 3))
    first = ContractFactory(
        stay=stay, rome_code="K2204", started_on=date(2025, 3, 3), planned_end_on=date(2025, 9, 2)
    )
    ContractFactory(
        stay=stay,
        rome_code="K2204",
        started_on=date(2025, 9, 3),
        planned_end_on=date(2026, 2, 27),
        initial=first,
    )
    ContractFactory(
        stay=stay, rome_code="A1203", started_on=date(2026, 3, 2), planned_end_on=date(2027, 1, 31)
    )
    ImmersionFactory(
        beneficiary=found, organisation=house, host_name="Fournil Imaginé", started_on=date(2026, 5, 4),
        planned_end_on=date(2026, 5, 15),
    )  # fmt: skip
    return found


@pytest.fixture
def held(person, house):
    """The same gesture under each proof; another declared only; one just begun."""
    competence = CompetenceFactory(label="Laver les vitres")
    for level, status in enumerate(reversed(ProofStatus), start=1):
        AssessmentFactory(
            beneficiary=person, competence=competence, status=status, level=level, organisation=house,
            observer_name="Odile Exemple", assessed_on=date(2025, 6, 2),
        )  # fmt: skip
    AssessmentFactory(
        beneficiary=person, competence=CompetenceFactory(label="Cuisiner pour dix"), status="DECLAREE", level=3,
        organisation=None,
    )  # fmt: skip
    AssessmentFactory(
        beneficiary=person,
        competence=CompetenceFactory(label="Tailler une haie"),
        level=1,
        organisation=house,
    )
    return competence


@pytest.fixture
def titles(person, house):
    """One that holds, its renewal, one that is over; trainings of every fate."""
    LicenceFactory(
        beneficiary=person, kind="SST", label="", obtained_on=date(2023, 3, 1), expires_on=date(2025, 3, 1)
    )
    LicenceFactory(
        beneficiary=person, kind="SST", label="", obtained_on=date(2025, 2, 20), expires_on=date(2027, 2, 20)
    )
    LicenceFactory(
        beneficiary=person, kind="HACCP", label="", obtained_on=date(2020, 1, 1), expires_on=date(2024, 1, 1)
    )
    LicenceFactory(beneficiary=person, kind="PERMIS_B", label="", obtained_on=date(2010, 7, 1))
    done = {
        "beneficiary": person,
        "organisation": house,
        "started_on": date(2026, 4, 6),
        "planned_end_on": date(2026, 4, 10),
    }
    TrainingFactory(
        title="Bio-nettoyage", kind="QUALIFIANTE", outcome="SUIVIE", provider="Centre inventé", **done
    )
    TrainingFactory(title="Taille douce", kind="QUALIFIANTE", outcome="NON_CERTIFIEE", **done)
    TrainingFactory(title="Atelier quitté", kind="QUALIFIANTE", outcome="ABANDONNEE", **done)
    TrainingFactory(title="Lire et écrire", kind="SAVOIRS_BASE", outcome="SUIVIE", **done)


@pytest.fixture
def manager(house):
    return actor_of(Role.MANAGER, house)


@pytest.fixture
def oneself(person):
    return BeneficiaryAccessFactory(beneficiary=person).as_actor()
