"""A derogation asked for, granted, read by the contracts, taken back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from backend.core.errors import DomainError, NotPermitted, OutOfReach
from pathways.services import (
    answer_derogation,
    cancel_derogation,
    correct_derogation,
    record_contract,
    record_derogation,
)
from tests.factories import ContractFactory, DerogationFactory


def decided(house, **changes):
    asked = {
        "motive": "RQTH", "decider": "PRESCRIPTEUR", "asked_on": date(2026, 11, 2),
        "starts_on": date(2027, 1, 5), "ends_on": date(2027, 7, 4),
    }  # fmt: skip
    return record_derogation(**{"actor": house.advisor, "stay": house.stay} | asked | changes)


def renewed(house):
    """Six months more than the twenty-four already signed."""
    return record_contract(
        actor=house.advisor, stay=house.stay, kind="CDDI", started_on=date(2027, 1, 5),
        planned_end_on=date(2027, 7, 4), weekly_hours=Decimal(26), initial=house.first,
    )  # fmt: skip


@pytest.fixture
def first(house):
    house.stay.started_on = date(2025, 1, 5)
    house.stay.save()
    row = ContractFactory(stay=house.stay, started_on=date(2025, 1, 5), planned_end_on=date(2027, 1, 4))
    object.__setattr__(house, "first", row)
    return row


def test_r02_a_renewal_refused_is_accepted_once_the_decision_is_recorded(house, first, trail_of):
    with pytest.raises(DomainError) as refusal:
        renewed(house)
    assert refusal.value.code == "cddi_ceiling"
    row = decided(house)
    with pytest.raises(DomainError):
        renewed(house)
    row = answer_derogation(
        actor=house.advisor, derogation=row, version=row.version, status="ACCORDEE", decided_on=date(2026, 11, 20),
        document="Décision inventée", document_on=date(2026, 11, 20),
    )  # fmt: skip
    assert renewed(house).pk
    assert trail_of(row) == ["derogation.recorded", "derogation.answered"]


def test_r02_a_decision_taken_back_allows_nothing_more(house, first):
    row = decided(house, status="ACCORDEE", decided_on=date(2026, 11, 20))
    row = cancel_derogation(actor=house.advisor, derogation=row, version=row.version, reason="Autre personne")
    assert (row.cancel_reason, row.cancelled_at is None) == ("Autre personne", False)
    with pytest.raises(DomainError) as refusal:
        renewed(house)
    assert refusal.value.code == "cddi_ceiling"
    with pytest.raises(OutOfReach):
        correct_derogation(actor=house.advisor, derogation=row, version=row.version, document="Autre")


def test_r04_sixty_months_are_counted_over_the_contracts_known(house, first):
    asked = {"motive": "DIFFICULTES", "starts_on": date(2027, 1, 5), "ends_on": date(2028, 1, 4)}
    assert decided(house, **asked).pk
    ContractFactory(stay=house.stay, started_on=date(2022, 1, 4), planned_end_on=date(2025, 1, 4))
    with pytest.raises(DomainError) as refusal:
        decided(house, **asked)
    assert refusal.value.code == "derogation_total"


def test_a_correction_is_judged_like_a_new_decision(house):
    row = decided(house)
    with pytest.raises(DomainError) as refusal:
        correct_derogation(actor=house.advisor, derogation=row, version=row.version, decider="PREFET")
    assert refusal.value.code == "derogation_decider"
    row = correct_derogation(
        actor=house.advisor, derogation=row, version=row.version, ends_on=date(2027, 8, 4)
    )
    assert (row.ends_on, row.version) == (date(2027, 8, 4), 2)


def test_another_structure_of_the_thread_does_not_change_it(house):
    row = DerogationFactory(beneficiary=house.person)
    with pytest.raises((NotPermitted, OutOfReach)):
        cancel_derogation(actor=house.advisor, derogation=row, version=1, reason="Par erreur")


@pytest.mark.parametrize("who", ["supervisor", "neighbour"])
def test_only_the_team_of_the_structure_records_one(house, who):
    with pytest.raises((NotPermitted, OutOfReach)):
        decided(house, actor=getattr(house, who))
