"""A contract that stops before its term says why: typed at its end, corrected, brought by a file, gone with the end itself."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from backend.core import steps
from backend.core.actor import Actor, Role
from backend.core.errors import DomainError
from backend.exchange.scope import Scope
from backend.exchange.services import import_bundle
from pathways.enums import CancelReason
from pathways.models import Contract
from pathways.services import end_contract
from pathways.services.corrections.stays import cancel_exit
from pathways.services.corrections.work import correct_contract
from tests.backend.exchange.whole import write_bundle
from tests.factories import ContractFactory, ExitFactory, MembershipFactory, StayFactory
from tests.pages import text_of
from tests.signin import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-26T10:00:00+01:00")]
LEFT = date(2026, 11, 13)


@pytest.fixture
def seat():
    return MembershipFactory(role=Role.ADVISOR)


@pytest.fixture
def contract(seat):
    stay = StayFactory(organisation=seat.organisation, advisor=seat.user, started_on="2026-01-05")
    return ContractFactory(stay=stay, kind="CDDI", started_on="2026-09-01", planned_end_on="2027-02-28")


def test_its_motive_is_typed_with_its_end_and_read_on_the_page(seat, contract):
    browser = sign_in(Client(), seat.user, seat=seat.seat_key)
    address = f"/contrats/{contract.pk}/fin/"
    assert "Motif, s’il s’arrête avant son terme" in text_of(browser.get(address))
    assert browser.post(address, {"on": str(LEFT), "motive": "ACCORD"}).status_code == 302
    contract.refresh_from_db()
    assert (contract.ended_on, contract.end_motive) == (LEFT, "ACCORD")
    assert "(d’un commun accord)" in text_of(
        browser.get(f"/personnes/{contract.stay.beneficiary_id}/saisies/")
    )


def test_told_again_without_its_motive_it_keeps_it(seat, contract):
    actor = seat.as_actor()
    end_contract(actor=actor, contract=contract, on=LEFT, motive="EMBAUCHE")
    assert end_contract(actor=actor, contract=contract, on=LEFT).end_motive == "EMBAUCHE"


def test_no_motive_without_a_last_day(seat, contract):
    end_contract(actor=seat.as_actor(), contract=contract, on=LEFT, motive="ESSAI")
    contract.refresh_from_db()
    with pytest.raises(DomainError) as refused:
        correct_contract(actor=seat.as_actor(), contract=contract, seen=steps.seen(contract), ended_on=None)
    assert refused.value.code == "broken_off_without_a_day"
    contract.refresh_from_db()
    gone = correct_contract(
        actor=seat.as_actor(), contract=contract, seen=steps.seen(contract), ended_on=None, end_motive=""
    )
    assert (gone.ended_on, gone.end_motive) == (None, "")


def test_an_exit_taken_back_takes_the_motive_of_the_end_it_wrote(seat, contract):
    Contract.objects.update(ended_on=LEFT, end_motive="EMBAUCHE")
    exit_ = ExitFactory(stay=contract.stay, occurred_on=LEFT, motive="7")
    contract.stay.ended_on = LEFT
    contract.stay.save()
    cancel_exit(actor=seat.as_actor(), exit_=exit_, version=exit_.version, reason=CancelReason.TWICE)
    contract.refresh_from_db()
    assert (contract.ended_on, contract.end_motive) == (None, "")


@pytest.mark.parametrize(("told", "is_taken"), [({"date_fin": "2026-11-13"}, True), ({}, False)])
def test_a_file_says_it_with_the_last_day_or_not_at_all(tmp_path, seat, told, is_taken):
    line = {
        "id": "c1", "salarie_id": "p1", "type": "CDDI", "date_debut": "2026-09-01", "date_fin_prevue": "2027-02-28",
        "motif_rupture": "DEMISSION", "date_fin": "", **told,
    }  # fmt: skip
    people = [{"id": "p1", "nom": "Fictive", "prenom": "Solange"}]
    folder = write_bundle(tmp_path, {"salaries.csv": people, "contrats.csv": [line]})
    report = import_bundle(actor=Actor.operator(), folder=folder, scope=Scope(seat.organisation_id))
    assert Contract.objects.filter(end_motive="DEMISSION").exists() is is_taken
    refused = [fault.problem for fault in report.faults if fault.file == "contrats.csv"]
    assert refused == ([] if is_taken else ["Une rupture a son dernier jour, et ce contrat n’en a pas."])
