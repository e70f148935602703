"""What was typed of employers, of their work and of a hire is corrected and taken back where it is read, and by the API."""

from __future__ import annotations

import json
from datetime import date
from html import unescape

import pytest

from backend.core.actor import Role
from backend.core.pages.addresses import Gesture, address_of
from backend.core.steps import seen
from backend.core.values.dates import french_date
from employers.models import Employer, Establishment, Placement
from employers.screens.corrections.kinds import KINDS
from pathways.models import Exit, Stay
from tests import factories as make
from tests.pages import text_of
from tests.worlds.two_houses import API, House

pytestmark = pytest.mark.django_db
ROWS = {
    "employer": "employers",
    "establishment": "establishments",
    "analysis": "task-analyses",
    "placement": "placements",
    "post_hire": "follow-ups",
}


@pytest.fixture
def house(today):
    """Somebody left the structure for the employer, and one call was made."""
    house = House()
    stay = make.StayFactory(
        organisation=house.structure,
        advisor_id=house.advisor.user_id,
        started_on=date(2026, 1, 5),
        ended_on=date(2026, 9, 1),
    )
    placement = make.PlacementFactory(
        beneficiary=stay.beneficiary,
        employer=house["employers"],
        exit=make.ExitFactory(stay=stay, motive="3"),
    )
    call = make.PostHireFollowUpFactory(placement=placement, done_on=date(2026, 11, 20), situation="EN_POSTE")
    house.rows |= {"placements": placement, "follow-ups": call}
    return house


@pytest.fixture
def browser(house):
    return house.clients[Role.ADVISOR]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_its_buttons_stand_where_it_is_read(house, browser, kind):
    row = house[ROWS[kind.name]]
    html = unescape(browser.get(kind.back(row)).content.decode())
    if kind.form is not None:
        assert f'href="{address_of(row, Gesture.CORRECT)}"' in html
    assert f'href="{address_of(row, Gesture.CANCEL)}"' in html


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


def test_a_hire_stands_among_what_was_typed_of_the_person(house, browser):
    page = text_of(browser.get(f"/personnes/{house['placements'].beneficiary_id}/saisies/"))
    assert f"CDI chez {house['employers']}" in page


def test_what_goes_with_a_hire_is_read_before(house, browser):
    address = address_of(house["placements"], Gesture.CANCEL)
    stay, person = house["placements"].exit.stay, house["placements"].beneficiary_id
    page = text_of(browser.get(address))
    assert f"la sortie du {french_date(date(2026, 9, 1))} est annulée" in page
    assert "À annuler ou à corriger d’abord : 1 suivi dans l’emploi" in page

    said = {"version": seen(house["placements"]), "reason": "PAS_EU_LIEU"}
    refused = browser.post(address, said)
    assert refused.status_code == 422
    assert "1 suivi dans l’emploi en dépendent" in text_of(refused)

    call = house["follow-ups"]
    said_of_call = {"version": seen(call), "reason": "AUTRE_PERSONNE"}
    assert browser.post(address_of(call, Gesture.CANCEL), said_of_call).status_code == 302
    done = browser.post(address, said, follow=True)
    assert done.redirect_chain[-1][0] == f"/personnes/{person}/"
    assert not Placement.objects.filter(beneficiary=person).exists()
    assert Stay.objects.get(pk=stay.pk).ended_on is None


def test_a_hire_that_would_follow_its_call_is_refused_by_both_windows(house, browser):
    row = house["placements"]
    form = browser.get(address_of(row, Gesture.CORRECT)).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"started_on": "2026-11-21"}
    page = browser.post(address_of(row, Gesture.CORRECT), sent)
    answer = patched(browser, f"placements/{row.pk}/", started_on="2026-11-21")
    assert (page.status_code, answer.status_code, answer.json()["code"]) == (422, 400, "hire_after_call")
    assert answer.json()["detail"] in text_of(page)


def test_a_job_learnt_of_by_its_exit_leads_to_the_exit(house, browser):
    Placement.objects.update(employer=None)
    page = browser.get(f"/embauches/{house['placements'].pk}/").content.decode()
    assert f"/passages/{house['placements'].exit.stay_id}/sortie/" in page
    assert "embauches/{}/annuler".format(house["placements"].pk) not in page
    assert browser.get(f"/embauches/{house['placements'].pk}/annuler/").status_code == 404


def test_an_employer_met_by_mistake_goes_and_one_we_work_with_says_what_holds_it(house, browser):
    held = address_of(house["employers"], Gesture.CANCEL)
    assert "À annuler ou à corriger d’abord" in text_of(browser.get(held))
    mistaken = make.EmployerFactory(organisation=house.structure)
    said = {"version": "1", "reason": "DOUBLE"}
    done = browser.post(address_of(mistaken, Gesture.CANCEL), said, follow=True)
    assert done.redirect_chain[-1][0] == "/employeurs/"
    assert not Employer.objects.filter(pk=mistaken.pk).exists()


def test_nothing_about_an_employer_was_typed_for_another_person(house, browser):
    page = text_of(browser.get(address_of(house["employers"], Gesture.CANCEL)))
    assert "Saisi deux fois" in page
    assert "pour une autre personne" not in page


def test_the_api_corrects_what_it_is_sent_and_leaves_the_rest(house, browser):
    placement = house["placements"]
    answer = patched(browser, f"placements/{placement.pk}/", trial_ends_on="2026-12-01")
    assert answer.status_code == 200, answer.content
    placement.refresh_from_db()
    assert (placement.trial_ends_on, placement.kind) == (date(2026, 12, 1), "CDI")
    assert Exit.objects.get(placement=placement).occurred_on == date(2026, 9, 1)

    call = house["follow-ups"]
    assert patched(browser, f"follow-ups/{call.pk}/", note="Vu ce matin").json()["situation"] == "EN_POSTE"
    site = house["establishments"]
    assert patched(browser, f"establishments/{site.pk}/", commune="Songeville").status_code == 200
    analysis = house["task-analyses"]
    assert patched(browser, f"task-analyses/{analysis.pk}/", title="Au dépôt").json()["version"] == 2


def test_the_api_takes_back_with_a_reason_and_asks_for_the_version(house, browser):
    site = make.EstablishmentFactory(employer=house["employers"])
    address = f"{API}establishments/{site.pk}/cancel/"
    body = json.dumps({"reason": "DOUBLE"})
    assert browser.post(address, body, "application/json").status_code == 428
    answer = browser.post(address, body, "application/json", HTTP_IF_MATCH="*")
    assert answer.status_code == 204, answer.content
    assert not Establishment.objects.filter(pk=site.pk).exists()


def patched(browser, path, **said):
    return browser.patch(API + path, json.dumps(said), "application/json", HTTP_IF_MATCH="*")
