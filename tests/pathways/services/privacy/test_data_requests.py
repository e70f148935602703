"""Correction, limitation, erasure: asked by the person or for them, answered with words, done at once when granted."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command

from backend.audit.models import Entry
from backend.core.actor import Role
from backend.core.errors import Conflict, DomainError, OutOfReach
from employers.models import ProfileConsent
from employers.selectors.ranking import people_for_ranking
from employers.services.consents import answer_consent, ask_consent
from pathways.alerts.privacy import data_requests_waiting
from pathways.models import Beneficiary, DataRequest
from pathways.services.privacy import requests
from tests.factories import (
    BeneficiaryAccessFactory,
    StayFactory,
    actor_of,
)
from tests.worlds.accompanied import Accompanied
from tests.worlds.bakery import Bakery

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _elsewhere(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def here(today) -> Accompanied:
    return Accompanied.build()


@pytest.fixture
def oneself(here):
    return BeneficiaryAccessFactory(beneficiary=here.person).as_actor()


def test_a_correction_is_asked_with_words_and_answered_within_a_month(here, oneself):
    with pytest.raises(DomainError, match="ce qui est à corriger"):
        requests.ask(actor=oneself, beneficiary=here.person, kind="CORRECTION", words=" ")
    row = requests.ask(
        actor=oneself, beneficiary=here.person, kind="CORRECTION", words="Ma date d’entrée est fausse."
    )
    assert row.due_on == date(2026, 12, 22)
    assert [alert.who for alert in data_requests_waiting(here.advisor, date(2026, 11, 22))] == [
        str(here.person)
    ]
    done = requests.answer(
        actor=here.advisor, request=row, version=row.version, is_granted=True, words="Corrigée."
    )
    assert done.answer == "Corrigée."
    assert list(data_requests_waiting(here.advisor, date(2026, 11, 22))) == []
    detail = Entry.objects.filter(action="data_request.answered").get().detail
    assert detail == {"kind": "CORRECTION", "status": "ACCORDEE"}


def test_a_refusal_has_reasons_and_an_answer_is_given_once(here, oneself):
    row = requests.ask(actor=oneself, beneficiary=here.person, kind="LIMITATION")
    with pytest.raises(DomainError, match="raisons"):
        requests.answer(actor=here.advisor, request=row, version=row.version, is_granted=False)
    with pytest.raises(Conflict):
        requests.answer(actor=here.advisor, request=row, version=row.version + 1, is_granted=True)
    requests.answer(
        actor=here.advisor, request=row, version=row.version, is_granted=False, words="Rien à éclaircir."
    )
    row.refresh_from_db()
    with pytest.raises(DomainError, match="déjà reçu"):
        requests.answer(actor=here.advisor, request=row, version=row.version, is_granted=True)


def test_a_limitation_hides_from_employers_and_from_ranking_until_it_is_lifted(today):
    here = Bakery.build()
    oneself = here.person_herself
    consent = ask_consent(actor=here.advisor, proposal=here.proposal, beneficiary=here.person)[0]
    answer_consent(actor=here.advisor, consent=consent, granted=True)
    assert ProfileConsent.objects.visible_to(here.contact).filter(pk=consent.pk).exists()
    assert here.person in people_for_ranking(here.advisor, today)
    row = requests.ask(actor=oneself, beneficiary=here.person, kind="LIMITATION")
    requests.answer(actor=here.advisor, request=row, version=row.version, is_granted=True)
    assert not ProfileConsent.objects.visible_to(here.contact).exists()
    assert here.person not in people_for_ranking(here.advisor, today)
    with pytest.raises(DomainError, match="ne soient plus utilisées"):
        ask_consent(actor=here.advisor, proposal=here.proposal, beneficiary=here.person)
    requests.withdraw(actor=oneself, request=row)
    assert ProfileConsent.objects.visible_to(here.contact).exists()
    assert here.person in people_for_ranking(here.advisor, today)


def test_SEC_42_an_erasure_waits_for_the_exit_then_is_done_by_who_answers_for_the_structure(here, oneself):
    row = requests.ask(actor=oneself, beneficiary=here.person, kind="EFFACEMENT")
    with pytest.raises(DomainError, match="responsable"):
        requests.answer(actor=here.advisor, request=row, version=row.version, is_granted=True)
    with pytest.raises(DomainError, match="encore accompagnée"):
        requests.answer(actor=here.manager, request=row, version=row.version, is_granted=True)
    here.stay.ended_on = date(2026, 11, 20)
    here.stay.save()
    assert requests.erasure_obstacles(here.manager, here.person) == []
    assert requests.answer(actor=here.manager, request=row, version=row.version, is_granted=True) is None
    assert not Beneficiary.objects.filter(pk=here.stay.beneficiary_id).exists()
    assert not DataRequest.objects.exists()


def test_a_file_that_two_structures_keep_is_erased_by_the_operator_alone(here, oneself, capsys):
    StayFactory(beneficiary=here.person, started_on=date(2024, 1, 8), ended_on=date(2024, 6, 28))
    here.stay.ended_on = date(2026, 11, 20)
    here.stay.save()
    row = requests.ask(actor=oneself, beneficiary=here.person, kind="EFFACEMENT")
    with pytest.raises(DomainError, match="autre structure"):
        requests.answer(actor=here.manager, request=row, version=row.version, is_granted=True)
    pk = here.stay.beneficiary_id
    call_command("erase_person", str(pk))
    assert Beneficiary.objects.filter(pk=pk).exists()
    call_command("erase_person", str(pk), "--yes")
    assert not Beneficiary.objects.filter(pk=pk).exists()
    assert "La fiche est effacée." in capsys.readouterr().out


def test_nobody_asks_nor_answers_for_somebody_they_do_not_accompany(here, oneself):
    with pytest.raises(OutOfReach):
        requests.ask(actor=here.neighbour, beneficiary=here.person, kind="LIMITATION")
    row = requests.ask(actor=oneself, beneficiary=here.person, kind="LIMITATION")
    with pytest.raises(OutOfReach):
        requests.answer(actor=here.neighbour, request=row, version=row.version, is_granted=True)
    with pytest.raises(OutOfReach):
        requests.withdraw(actor=actor_of(Role.SUPERVISOR, here.structure), request=row)
