"""Avenants of hours: written, written again, taken back, and read by what counts hours."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import DomainError, NotPermitted
from backend.core.values.dates import french_date
from backend.exchange.scope import Scope
from backend.exchange.services import import_bundle
from pathways.models import Contract, HoursAmendment
from pathways.selectors.continuity import continuity_of
from pathways.selectors.thread import thread_of
from pathways.services import cancel_amendment, cancel_contract, correct_contract, record_amendment
from tests.backend.exchange.whole import write_bundle
from tests.factories import ContractFactory

pytestmark = pytest.mark.time_machine("2026-11-22T10:00:00+01:00")
MARCH = date(2026, 3, 2)


@pytest.fixture
def contract(house):
    """26 hours a week, from 5 January 2026 to 4 January 2027."""
    return ContractFactory(stay=house.stay, started_on=date(2026, 1, 5))


def amended(house, contract, hours="30", on=MARCH):
    return record_amendment(actor=house.advisor, contract=contract, starts_on=on, weekly_hours=Decimal(hours))


def test_an_avenant_is_written_once_a_day(house, contract, trail_of):
    row = amended(house, contract)
    assert amended(house, contract).pk == row.pk
    assert amended(house, contract, "32").pk == row.pk
    assert HoursAmendment.objects.get().weekly_hours == 32
    assert trail_of(house.stay) == ["amendment.recorded"] * 2


def test_what_the_rules_refuse_leaves_nothing(house, contract):
    for hours, on in (("19", MARCH), ("30", date(2027, 1, 5)), ("30", date(2026, 1, 5))):
        with pytest.raises(DomainError):
            amended(house, contract, hours, on)
    assert not HoursAmendment.objects.exists()


def test_a_neighbour_changes_no_hours(house, contract):
    with pytest.raises(NotPermitted):
        record_amendment(actor=house.neighbour, contract=contract, starts_on=MARCH, weekly_hours=Decimal(30))


def test_hours_obtained_follow_the_avenant_and_go_back_with_it(house, contract):
    def weekly():
        line = thread_of(house.advisor, house.person, today=date(2026, 11, 22))
        months = continuity_of(house.advisor, house.person, line, today=date(2026, 11, 22)).months
        return {each.month.month: round(each.weekly) for each in months if each.month > contract.started_on}

    assert set(weekly().values()) == {26}
    row = amended(house, contract, "30", date(2026, 6, 1))
    found = weekly()
    row.refresh_from_db()
    assert (found[5], found[6]) == (26, 30)
    cancel_amendment(actor=house.advisor, amendment=row, seen=steps.seen(row), reason="DOUBLE")
    assert set(weekly().values()) == {26}


def test_a_contract_taken_back_takes_its_avenants(house, contract):
    amended(house, contract)
    cancel_contract(actor=house.advisor, contract=contract, seen=steps.seen(contract), reason="DOUBLE")
    assert not Contract.objects.exists()
    assert not HoursAmendment.objects.exists()


def test_a_first_day_corrected_never_passes_an_avenant(house, contract):
    amended(house, contract)
    with pytest.raises(DomainError) as refusal:
        correct_contract(
            actor=house.advisor, contract=contract, seen=steps.seen(contract), started_on=date(2026, 4, 1)
        )
    assert refusal.value.code == "contract_after_its_amendment"
    assert french_date(MARCH) in str(refusal.value)


def test_a_file_moves_no_contract_past_its_avenant(house, contract, tmp_path):
    people = [{"id": "p1", "nom": "Fictive", "prenom": "Solange"}]
    line = {"id": "c1", "salarie_id": "p1", "type": "CDDI", "date_debut": "2026-01-05", "date_fin_prevue": "2026-12-31"}  # fmt: skip
    lines = {"salaries.csv": people, "contrats.csv": [line]}
    scope = Scope(house.stay.organisation_id)
    change = {"avenants.csv": [{"contrat_id": "c1", "date_debut": "2026-03-02", "heures_hebdo": "30"}]}
    import_bundle(actor=Actor.operator(), folder=write_bundle(tmp_path / "1", lines | change), scope=scope)
    assert HoursAmendment.objects.get().contract.started_on == date(2026, 1, 5)
    moved = lines | {"contrats.csv": [line | {"date_debut": "2026-04-01"}]}
    report = import_bundle(actor=Actor.operator(), folder=write_bundle(tmp_path / "2", moved), scope=scope)
    assert [(fault.file, "avenant" in fault.problem) for fault in report.faults] == [("contrats.csv", True)]
    assert Contract.objects.get(external_id__endswith="c1").started_on == date(2026, 1, 5)
