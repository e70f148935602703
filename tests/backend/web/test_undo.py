"""« Annuler » for twenty seconds: offered by the notice of each gesture that names it, to who made it, then no more."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from backend.core.actor import Role
from backend.web import undo
from competences.models import Licence
from pathways.models import Exit, HoursAmendment, Interview, MonthlyHours, Training
from tests import factories as make
from tests.pages import text_of
from tests.worlds.two_houses import House

pytestmark = pytest.mark.django_db
BUTTON = re.compile(r'<form class="undo".*?name="undo" value="([^"]+)"', re.DOTALL)
GESTURES = {
    Interview: (
        "/personnes/{person}/noter/",
        {"kind": "SUIVI", "mode": "PRESENTIEL", "synthesis": "Vu ce matin.", "happened_at": "2026-11-20T09:00"},
    ),
    Training: (
        "/personnes/{person}/formation/",
        {
            "title": "Taille des songes", "kind": "AUTRE", "started_on": "2026-11-02", "planned_end_on": "2026-11-06",
            "time": "TRAVAIL", "decided_by": "PERSONNE", "funder": "OPCO",
        },
    ),
    HoursAmendment: ("/contrats/{contract}/avenant/", {"starts_on": "2026-10-01", "weekly_hours": "32"}),
    MonthlyHours: ("/contrats/{contract}/heures/", {"month": "2026-10", "hours": "90"}),
    Exit: ("/passages/{stay}/sortie/", {"on": "2026-11-20", "motive": "3", "employer_name": "Fournil Imaginaire"}),
    Licence: ("/personnes/{person}/habilitations/nouvelle/", {"kind": "SST", "obtained_on": "2026-11-02"}),
}  # fmt: skip
"""What each is written by; every table that offers the button stands here."""


@pytest.fixture
def clock():
    with time_machine.travel(f"{make.TODAY}T10:00:00+01:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def house(clock):
    return House()


@pytest.fixture
def browser(house) -> Client:
    return house.clients[Role.ADVISOR]


def standing(model):
    rows = model._base_manager.all()
    return rows.filter(cancelled_at__isnull=True) if hasattr(model, "cancelled_at") else rows


def made(house, browser, model) -> str:
    """The gesture, and what its button will send."""
    address, typed = GESTURES[model]
    before = set(standing(model).values_list("pk", flat=True))
    address = address.format(
        person=house.person.pk, contract=house["contracts"].pk, stay=house["contracts"].stay_id
    )
    page = browser.post(address, {"form_id": "", **typed}, follow=True)
    assert page.redirect_chain, text_of(page)
    assert len(set(standing(model).values_list("pk", flat=True)) - before) == 1
    found = BUTTON.search(page.content.decode())
    assert found, "the notice offers its button"
    return found[1]


def test_every_gesture_that_offers_it_is_tried():
    assert set(undo.registered()) == set(GESTURES)


@pytest.mark.parametrize("model", GESTURES, ids=lambda model: model.__name__)
def test_a_slip_is_taken_back_at_once(house, browser, clock, model):
    before = standing(model).count()
    token = made(house, browser, model)
    clock.shift(timedelta(seconds=19))
    page = browser.post("/annuler-aussitot/", {"undo": token}, follow=True)
    assert page.redirect_chain[-1][0] == f"/personnes/{house.person.pk}/"
    assert "C’est annulé." in text_of(page)
    assert not BUTTON.search(page.content.decode())
    assert standing(model).count() == before


@pytest.mark.parametrize("model", GESTURES, ids=lambda model: model.__name__)
def test_past_its_time_the_button_says_where_to_go(house, browser, clock, model):
    token = made(house, browser, model)
    after = standing(model).count()
    clock.shift(undo.WINDOW + timedelta(seconds=2))
    page = browser.post("/annuler-aussitot/", {"undo": token}, follow=True)
    assert page.redirect_chain[-1][0] == f"/personnes/{house.person.pk}/"
    assert "rien n’est annulé" in text_of(page)
    assert standing(model).count() == after


@pytest.mark.parametrize("model", GESTURES, ids=lambda model: model.__name__)
def test_nobody_else_presses_it(house, browser, model):
    token = made(house, browser, model)
    after = standing(model).count()
    for role in (Role.MANAGER, Role.SUPERVISOR, Role.BENEFICIARY):
        house.clients[role].post("/annuler-aussitot/", {"undo": token})
    assert standing(model).count() == after


def test_what_somebody_wrote_since_is_not_taken_back(house, browser):
    token = made(house, browser, Training)
    row = Training.objects.latest("pk")
    Training.objects.filter(pk=row.pk).update(provider="Centre rêvé", version=2)
    page = browser.post("/annuler-aussitot/", {"undo": token}, follow=True)
    assert "rien n’est annulé" in text_of(page)
    assert standing(Training).filter(pk=row.pk).exists()


def test_pressed_twice_it_is_done_once_and_says_so(house, browser):
    token = made(house, browser, Interview)
    after = standing(Interview).count()
    for _ in range(2):
        assert browser.post("/annuler-aussitot/", {"undo": token}).status_code == 302
    assert standing(Interview).count() == after - 1


@pytest.mark.parametrize("token", ["", "n’importe quoi", "a:b:c"])
def test_what_was_not_signed_here_does_nothing(house, browser, token):
    page = browser.post("/annuler-aussitot/", {"undo": token}, follow=True)
    assert "rien n’est annulé" in text_of(page)


def test_a_month_written_again_offers_nothing(house, browser):
    hours = house["monthly-hours"]
    typed = {"month": f"{hours.month:%Y-%m}", "hours": "77"}
    page = browser.post(f"/contrats/{hours.contract_id}/heures/", typed, follow=True)
    assert page.redirect_chain, text_of(page)
    assert hours.month < date(2026, 11, 1)
    assert not BUTTON.search(page.content.decode())
