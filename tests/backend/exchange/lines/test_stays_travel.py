"""Stays leave with the bundle: who was welcomed without a contract is still there after the way back."""

from __future__ import annotations

from datetime import date

import pytest

from backend.core.actor import Actor
from backend.exchange.exporting import export_bundle
from backend.exchange.services import import_bundle
from pathways.models import Beneficiary, Contract, Exit, Stay
from tests.backend.exchange.whole import empty_base, write_bundle
from tests.factories import ContractFactory, ExitFactory, StayFactory

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-26T10:00:00+01:00")]
OPERATOR = Actor.operator()


def stays():
    return sorted(Stay.objects.values_list("beneficiary__last_name", "started_on", "ended_on"))


def bring(folder, **files):
    lines = {
        "structures.csv": [{"id": "s1", "nom": "Chantier des Rives", "type": "ACI"}],
        "salaries.csv": [{"id": "p1", "nom": "Fictive", "prenom": "Solange"}],
    }
    return import_bundle(
        actor=OPERATOR,
        folder=write_bundle(folder, lines | {f"{name}.csv": rows for name, rows in files.items()}),
    )


def entry(day):
    return {"salarie_id": "p1", "structure_id": "s1", "date_entree": day}


def contract(start, key="c1"):
    return {"id": key, "salarie_id": "p1", "structure_id": "s1", "type": "CDI", "date_debut": start}


def test_every_stay_comes_back_with_its_days(tmp_path):
    first = StayFactory(started_on=date(2026, 11, 2))  # welcomed, no contract yet
    back = StayFactory(started_on=date(2025, 1, 6), ended_on=date(2025, 6, 30))
    ContractFactory(stay=back, started_on=date(2025, 1, 13), ended_on=date(2025, 6, 30))
    ExitFactory(stay=back, occurred_on=date(2025, 6, 30))
    StayFactory(  # back since, no contract yet
        beneficiary=back.beneficiary, organisation=back.organisation, started_on=date(2026, 10, 5)
    )
    early = StayFactory(started_on=date(2026, 1, 2))  # welcomed before the contract
    ContractFactory(stay=early, started_on=date(2026, 1, 12))
    assert first.ended_on is None
    for number, person in enumerate(Beneficiary.objects.order_by("pk")):
        Beneficiary.objects.filter(pk=person.pk).update(last_name=f"Fictive {number}")
    before = stays()
    export_bundle(actor=OPERATOR, folder=tmp_path / "out")
    empty_base()
    report = import_bundle(actor=OPERATOR, folder=tmp_path / "out")
    assert report.faults == []
    assert stays() == before
    assert report.tallies["passages.csv"].added == len(before)
    again = import_bundle(actor=OPERATOR, folder=tmp_path / "out")
    assert again.tallies["passages.csv"].unchanged == len(before)
    assert stays() == before


def test_a_person_without_a_contract_is_welcomed_by_a_file_and_their_contract_follows(tmp_path):
    bring(tmp_path, passages=[entry("2026-01-05")])
    assert stays() == [("Fictive", date(2026, 1, 5), None)]
    bring(tmp_path, contrats=[contract("2026-01-12")])
    assert stays() == [("Fictive", date(2026, 1, 5), None)]
    assert Contract.objects.get().stay == Stay.objects.get()


def test_an_entry_before_the_contracts_moves_the_stay_that_followed_from_them(tmp_path):
    bring(tmp_path, contrats=[contract("2026-01-12")])
    report = bring(tmp_path, contrats=[contract("2026-01-12")], passages=[entry("2026-01-05")])
    assert report.tallies["passages.csv"].changed == 1
    assert stays() == [("Fictive", date(2026, 1, 5), None)]


@pytest.mark.parametrize("day", ["2026-01-02", "2026-01-07"])
def test_an_entry_already_said_is_not_moved_by_a_file(tmp_path, day):
    bring(tmp_path, passages=[entry("2026-01-05")])
    (tmp_path / "contrats.csv").unlink(missing_ok=True)
    report = bring(tmp_path, passages=[entry(day)])
    assert stays() == [("Fictive", date(2026, 1, 5), None)]
    assert [(notice.file, notice.column) for notice in report.notices] == [("passages.csv", "date_entree")]


def test_a_contract_before_the_entry_is_refused_as_on_screen(tmp_path):
    bring(tmp_path, passages=[entry("2026-01-05")])
    [fault] = bring(tmp_path, contrats=[contract("2025-12-01")]).faults
    assert (fault.file, fault.column) == ("contrats.csv", "date_debut")
    assert not Contract.objects.exists()


def test_a_return_without_a_contract_after_an_exit_makes_a_second_stay(tmp_path):
    left = {"salarie_id": "p1", "structure_id": "s1", "date_sortie": "2026-03-31", "motif": "7"}
    bring(tmp_path, contrats=[contract("2026-01-05")], sorties=[left], passages=[entry("2026-06-01")])
    assert [days[1:] for days in stays()] == [(date(2026, 1, 5), date(2026, 3, 31)), (date(2026, 6, 1), None)]
    assert Exit.objects.count() == 1
