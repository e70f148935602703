"""One page lists what was typed about a person, each line with its correction and its annulment."""

from __future__ import annotations

from datetime import date
from html import unescape

import pytest

from backend.core.actor import Role
from backend.core.pages.addresses import Gesture, address_of
from backend.core.steps import seen
from pathways.models import Contract, Exit, IaePass, Stay
from pathways.screens.corrections.kinds import KINDS
from tests import factories as make
from tests.pages import text_of
from tests.queries import assert_same_queries
from tests.worlds.two_houses import API, House

pytestmark = pytest.mark.django_db
ROWS = {
    "contract": "contracts",
    "amendment": "hours-amendments",
    "hours": "monthly-hours",
    "stay": "stays",
    "exit": "exits",
    "pass": "passes",
    "goal": "goals",
    "action": "actions",
    "appointment": "appointments",
}


@pytest.fixture
def house(today):
    return House()


@pytest.fixture
def browser(house):
    return house.clients[Role.ADVISOR]


def test_everything_typed_stands_on_one_page_with_its_buttons(house, browser):
    page = browser.get(f"/personnes/{house.person.pk}/saisies/")
    html = unescape(page.content.decode())
    for kind in KINDS:
        row = house[ROWS[kind.name]]
        if kind.form is not None:
            assert f'href="{address_of(row, Gesture.CORRECT)}"' in html
        assert f'href="{address_of(row, Gesture.CANCEL)}"' in html
    assert "110 h en mars 2026" in text_of(page)


def test_the_page_of_a_person_leads_there(house, browser):
    page = browser.get(f"/personnes/{house.person.pk}/")
    assert f"/personnes/{house.person.pk}/saisies/" in page.content.decode()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.form], ids=lambda kind: kind.name)
def test_a_form_opens_as_it_was_written_and_sent_again_changes_nothing(house, browser, kind):
    row = house[ROWS[kind.name]]
    address = address_of(row, Gesture.CORRECT)
    form = browser.get(address).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    before = seen(row)
    answer = browser.post(address, {name: "" if value is None else value for name, value in sent.items()})
    assert answer.status_code == 302, text_of(answer)
    row.refresh_from_db()
    assert seen(row) == before


def test_a_contract_is_corrected_on_screen(house, browser):
    contract = house["contracts"]
    address = f"/contrats/{contract.pk}/corriger/"
    said = {
        "kind": "CDDI",
        "started_on": "2026-01-12",
        "planned_end_on": "2027-01-11",
        "weekly_hours": "24,5",
        "rome_code": "k2204",
        "version": seen(contract),
    }
    assert browser.post(address, said).status_code == 302
    contract.refresh_from_db()
    assert (contract.started_on, str(contract.weekly_hours)) == (date(2026, 1, 12), "24.50")
    late = browser.post(address, said | {"started_on": "2026-01-13"})
    assert late.status_code == 422
    assert "Quelqu’un a modifié cet élément" in text_of(late)
    assert 'value="2026-01-13"' in late.content.decode(), "what was typed is kept"
    kept = late.context["form"]["version"].value()
    assert browser.post(address, said | {"started_on": "2026-01-13", "version": kept}).status_code == 302


def test_what_goes_with_it_is_said_before(house, browser):
    contract, stay = house["contracts"], house.stay
    page = text_of(browser.get(f"/contrats/{contract.pk}/annuler/"))
    assert "les heures notées sous ce contrat partent aussi" in page
    assert "À annuler ou à corriger d’abord : 1 contrat" in text_of(
        browser.get(f"/passages/{stay.pk}/annuler/")
    )
    refused = browser.post(f"/passages/{stay.pk}/annuler/", {"version": seen(stay), "reason": "DOUBLE"})
    assert refused.status_code == 422
    assert "ne peut pas être annulée seule" in text_of(refused)
    assert Stay.objects.filter(pk=stay.pk).exists()
    browser.post(f"/contrats/{contract.pk}/annuler/", {"version": seen(contract), "reason": "DOUBLE"})
    assert not Contract.objects.filter(pk=contract.pk).exists()


def test_somebody_who_goes_with_their_only_stay_leads_back_to_the_list(house, browser):
    stay = make.StayFactory(organisation=house.structure, advisor_id=house.advisor.user_id)
    answer = browser.post(f"/passages/{stay.pk}/annuler/", {"version": seen(stay), "reason": "DOUBLE"})
    assert answer.status_code == 302
    assert answer["Location"] == "/personnes/"


def test_an_exit_is_taken_back_on_screen(house, browser):
    left = make.StayFactory(organisation=house.structure, advisor_id=house.advisor.user_id, closed=True)
    exit_ = make.ExitFactory(stay=left)
    assert "le passage dans la structure reprend" in text_of(browser.get(f"/sorties/{exit_.pk}/annuler/"))
    assert (
        browser.post(
            f"/sorties/{exit_.pk}/annuler/", {"version": str(exit_.version), "reason": "DOUBLE"}
        ).status_code
        == 302
    )
    assert not Exit.objects.filter(pk=exit_.pk).exists()


def test_the_list_asks_as_many_questions_for_twelve_of_each_as_for_one(house):
    def grow(more):
        here = {"beneficiary": house.person, "organisation": house.structure}
        for _ in range(more):
            make.MonthlyHoursFactory(contract=make.ContractFactory(stay=house.stay))
            make.ExitFactory(stay=make.StayFactory(closed=True, **here))
            make.GoalFactory(**here)
            make.ActionFactory(**here)
            make.AppointmentFactory(**here)
            make.IaePassFactory(beneficiary=house.person)

    client = house.clients[Role.MANAGER]
    assert_same_queries(lambda: client.get(f"/personnes/{house.person.pk}/saisies/"), grow)


def test_the_api_corrects_and_takes_back_with_the_version_it_read(house, browser):
    iae = house["passes"]
    iae.suspensions.all().delete()
    iae.prolongations.all().delete()
    address = f"{API}passes/{iae.pk}/"
    etag = browser.get(address)["ETag"]
    body = {"starts_on": "2026-01-06"}
    assert browser.patch(address, body, "application/json").status_code == 428
    done = browser.patch(address, body, "application/json", headers={"If-Match": etag})
    assert done.status_code == 200, done.content
    assert done.json()["starts_on"] == "2026-01-06"
    old = browser.patch(address, body, "application/json", headers={"If-Match": etag})
    assert old.status_code == 412
    gone = browser.post(
        f"{address}cancel/", {"reason": "DOUBLE"}, "application/json", headers={"If-Match": done["ETag"]}
    )
    assert gone.status_code == 204
    assert not IaePass.objects.filter(pk=iae.pk).exists()


def test_the_api_moves_an_exit_and_completes_it_in_one_gesture(house, browser):
    left = make.StayFactory(organisation=house.structure, advisor_id=house.advisor.user_id, closed=True)
    exit_ = make.ExitFactory(stay=left, motive="")
    done = browser.patch(
        f"{API}exits/{exit_.pk}/",
        {"occurred_on": "2026-10-29", "motive": "13"},
        "application/json",
        headers={"If-Match": f'"{exit_.version}"'},
    )
    assert done.status_code == 200, done.content
    assert (done.json()["occurred_on"], done.json()["motive"]) == ("2026-10-29", "13")
    left.refresh_from_db()
    assert left.ended_on == date(2026, 10, 29)


def test_the_api_corrects_a_goal_and_moves_it_along(house, browser):
    goal = house["goals"]
    done = browser.patch(
        f"{API}goals/{goal.pk}/",
        {"label": "Autre but", "status": "REALISE"},
        "application/json",
        headers={"If-Match": '"1"'},
    )
    assert done.status_code == 200, done.content
    assert (done.json()["label"], done.json()["status"], done.json()["version"]) == (
        "Autre but",
        "REALISE",
        3,
    )
