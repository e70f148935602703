"""The pages of the rights that follow somebody: what each reader sees, what is typed there, what another departure says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from backend.core.actor import Role
from backend.core.values.dates import french_date
from pathways.models import Contract, MedicalVisit, SavedDays, Stay
from tests.factories import (
    TODAY,
    BeneficiaryAccessFactory,
    ContractFactory,
    ExitFactory,
    MedicalVisitFactory,
    MembershipFactory,
    OccupationFactory,
    PlacementFactory,
    SavedDaysFactory,
    StayFactory,
)
from tests.pages import text_of
from tests.signin import sign_in

pytestmark = pytest.mark.django_db
SEEN = {"made_on": "2026-09-01", "kind": "VIP_INITIALE", "paper": "ATTESTATION", "rhythm": "ORDINAIRE"}


@pytest.fixture
def stay(today):
    seat = MembershipFactory(role=Role.ADVISOR)
    stay = StayFactory(organisation=seat.organisation, advisor=seat.user, started_on="2026-01-05")
    ContractFactory(stay=stay, started_on="2026-01-05", planned_end_on=TODAY + timedelta(days=20))
    stay.seat = seat
    return stay


@pytest.fixture
def browser(stay):
    return sign_in(Client(), stay.seat.user, seat=stay.seat.seat_key)


def test_a_visit_and_days_are_noted_corrected_and_taken_back(stay, browser):
    person = stay.beneficiary_id
    assert (
        browser.post(
            f"/personnes/{person}/visite-medicale/", SEEN | {"jobs": "k2204 ; G1603, K2204"}
        ).status_code
        == 302
    )
    visit = MedicalVisit.objects.get()
    assert visit.jobs == "K2204,G1603"
    page = browser.get(f"/visites-medicales/{visit.pk}/").content.decode()
    assert 'value="K2204, G1603"' in page
    typed = SEEN | {"jobs": "A1203", "version": "1"}
    assert browser.post(f"/visites-medicales/{visit.pk}/", typed).status_code == 302
    assert MedicalVisit.objects.get().jobs == "A1203"
    count = {"kind": "CET", "days": "2,5", "counted_on": "2026-10-31", "fate": "A_PAYER"}
    assert browser.post(f"/personnes/{person}/jours-epargnes/", count).status_code == 302
    saved = SavedDays.objects.get()
    assert browser.get(f"/jours-epargnes/{saved.pk}/").status_code == 200
    taken = {"version": "1", "reason": "DOUBLE"}
    assert browser.post(f"/jours-epargnes/{saved.pk}/annulation/", taken).status_code == 302
    assert not SavedDays.objects.standing().exists()


def test_the_trades_a_visit_covers_are_named(stay, browser):
    OccupationFactory(rome_code="K2204", label="Nettoyage de locaux")
    ours = {"beneficiary": stay.beneficiary, "organisation": stay.organisation}
    MedicalVisitFactory(**ours, jobs="K2204,G1603")
    page = text_of(browser.get(f"/personnes/{stay.beneficiary_id}/droits-qui-suivent/"))
    assert "Emplois couverts : Nettoyage de locaux (K2204), G1603" in page


def test_a_code_that_is_no_trade_is_said_under_its_input(stay, browser):
    answer = browser.post(f"/personnes/{stay.beneficiary_id}/visite-medicale/", SEEN | {"jobs": "K22"})
    assert answer.status_code == 422
    assert not MedicalVisit.objects.exists()


def test_the_page_says_what_becomes_of_each_right_and_for_another_departure(stay, browser):
    ours = {"beneficiary": stay.beneficiary, "organisation": stay.organisation}
    MedicalVisitFactory(**ours, made_on=TODAY - timedelta(days=1000))
    SavedDaysFactory(**ours)
    address = f"/personnes/{stay.beneficiary_id}/droits-qui-suivent/"
    here = text_of(browser.get(address))
    assert "chez un employeur ordinaire" in here
    assert "Demandez l’attestation de suivi" in here
    assert "6,5\u00a0jours" in here
    asked = {"vers": "ETTI", "lien": "AUTRE", "le": f"{TODAY + timedelta(days=21)}", "metier": ""}
    away = text_of(browser.get(address, asked))
    assert "elle ne servait à un autre employeur que jusqu’au" in away
    wrong = browser.get(address, asked | {"le": "jamais"})
    assert wrong.status_code == 200


def test_the_person_reads_their_rights_in_plain_words_and_no_button_to_write(stay):
    ours = {"beneficiary": stay.beneficiary, "organisation": stay.organisation}
    MedicalVisitFactory(**ours)
    SavedDaysFactory(**ours)
    access = BeneficiaryAccessFactory(beneficiary=stay.beneficiary)
    browser = sign_in(Client(), access.user, seat=access.seat_key)
    mine = text_of(browser.get("/mon-parcours/"))
    assert "Ce qui vous suit" in mine
    assert "Demandez votre attestation de suivi avant de partir" in mine
    page = text_of(browser.get(f"/personnes/{stay.beneficiary_id}/droits-qui-suivent/"))
    assert "Noter une visite" not in page
    assert "Gérer" not in page


def test_an_encadrant_reads_nothing_of_it_on_the_page_of_the_person(stay):
    MedicalVisitFactory(beneficiary=stay.beneficiary, organisation=stay.organisation)
    seat = MembershipFactory(role=Role.SUPERVISOR, organisation=stay.organisation)
    browser = sign_in(Client(), seat.user, seat=seat.seat_key)
    assert "médical" not in text_of(browser.get(f"/personnes/{stay.beneficiary_id}/"))
    assert browser.get(f"/personnes/{stay.beneficiary_id}/droits-qui-suivent/").status_code in {403, 404}


@pytest.mark.parametrize("days", [1, 40])
def test_of_who_left_for_a_job_the_border_is_the_one_they_crossed(stay, browser, days):
    """Followed after the hire: what is to be asked of the structure they left is asked without waiting."""
    left = TODAY - timedelta(days=days)
    Contract.objects.update(planned_end_on=left, ended_on=left)
    Stay.objects.update(ended_on=left)
    exit_ = ExitFactory(stay=stay, occurred_on=left, motive="3")
    PlacementFactory(beneficiary=stay.beneficiary, exit=exit_, started_on=left)
    MedicalVisitFactory(beneficiary=stay.beneficiary, organisation=stay.organisation, made_on="2026-05-04")
    page = text_of(browser.get(f"/personnes/{stay.beneficiary_id}/droits-qui-suivent/"))
    assert f"Depuis le départ, le {french_date(left)} : ce qui vaut chez un employeur ordinaire" in page
    assert "sans attendre" in page
    assert "au plus tard le" not in page
    assert "À demander encore à la structure quittée" in text_of(
        browser.get(f"/personnes/{stay.beneficiary_id}/")
    )
    asked = text_of(
        browser.get(
            f"/personnes/{stay.beneficiary_id}/droits-qui-suivent/",
            {"vers": "ETTI", "lien": "AUTRE", "le": "2027-02-01", "metier": ""},
        )
    )
    assert "Au départ en ETTI" in asked
