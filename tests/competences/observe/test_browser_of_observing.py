"""« Un geste, plusieurs personnes », in a real Chromium: eight touches, the network cut in the middle."""

from __future__ import annotations

import time
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from backend.core.actor import Role
from competences.enums import Prominence
from competences.models import Assessment
from tests.chromium import Visitor, browser, faults_of, picture, trail_can_be_emptied  # noqa: F401
from tests.committing import committing
from tests.factories import (
    CompetenceFactory,
    ContractFactory,
    OccupationCompetenceFactory,
    OccupationFactory,
    OrganisationFactory,
    StayFactory,
)
from tests.worlds.three_valleys import member

pytestmark = [pytest.mark.browser, committing]
NAMES = ("Ana", "Ben", "Cléo", "Dan")


@pytest.fixture
def place():
    place = OrganisationFactory(name="Chantier des Rives")
    trade = OccupationFactory(rome_code="K2204", label="Nettoyage inventé")
    for label in ("Balayer la halle", "Laver les vitres"):
        OccupationCompetenceFactory(
            occupation=trade, competence=CompetenceFactory(label=label), prominence=Prominence.CORE
        )
    for name in NAMES:
        stay = StayFactory(
            organisation=place,
            started_on=date(2026, 1, 5),
            beneficiary__first_name=name,
            beneficiary__last_name="Inventé",
        )
        ContractFactory(
            stay=stay, rome_code="K2204", started_on=date(2026, 1, 5), planned_end_on=date(2030, 1, 4)
        )
    return place


def touch(page, gesture, name, rank):
    row = page.locator("details", has_text=gesture).locator("[data-tap-row]", has_text=name)
    row.locator(".level").nth(rank).click()
    return row


def kept_here(page):
    return page.evaluate(
        "Object.entries(localStorage).filter(([name]) => name.startsWith('passerelles.')).map(each => each.join(' '))"
    )


def test_eight_observations_for_four_people_the_network_cut_in_the_middle(browser, live_server, place):  # noqa: F811
    seat = member(Role.SUPERVISOR, place)
    supervisor = Visitor(browser, live_server.url, seat.user)
    page = supervisor.open("/observer/", width=360)
    begun = time.monotonic()
    page.get_by_role("link", name="Un geste, plusieurs personnes").click()
    for rank, name in enumerate(NAMES):
        row = touch(page, "Balayer la halle", name, rank)
        expect(row).to_contain_text("Enregistré aujourd’hui")
    page.context.set_offline(True)
    page.locator("summary", has_text="Laver les vitres").click()
    for rank, name in enumerate(NAMES):
        row = touch(page, "Laver les vitres", name, 3 - rank)
        expect(row).to_contain_text("En attente d’envoi")
    expect(page.locator("[data-taps-bar]")).to_contain_text("4 observations en attente d’envoi")
    picture(page, "together-no-network")
    assert faults_of(page) == []
    assert Assessment.objects.count() == 4
    waiting = " ".join(kept_here(page))
    assert seat.seat_key in waiting
    page.get_by_role("link", name="Terminé").click()
    expect(page.locator("[data-network]")).to_contain_text("restez sur cette page")
    picture(page, "together-stays")
    assert not any(word in waiting for word in (*NAMES, "Inventé", "vitres"))
    page.context.set_offline(False)
    expect(page.locator("[data-taps-bar]")).to_have_count(0)
    for name in NAMES:
        row = page.locator("details", has_text="Laver les vitres").locator("[data-tap-row]", has_text=name)
        expect(row).to_contain_text("Enregistré aujourd’hui")
    assert time.monotonic() - begun < 90
    assert kept_here(page) == []
    levels = Assessment.objects.order_by("competence__label", "beneficiary__first_name")
    assert list(levels.values_list("level", flat=True)) == [1, 2, 3, 4, 4, 3, 2, 1]
    assert set(levels.values_list("status", flat=True)) == {"OBSERVEE"}
    assert supervisor.complaints == [] or all("ERR_INTERNET" in each for each in supervisor.complaints)

    advisor = Visitor(browser, live_server.url, member(Role.ADVISOR, place).user)
    person = Assessment.objects.filter(beneficiary__first_name="Ana").first().beneficiary
    page = advisor.open(reverse("web:passports", args=[person.pk]), width=360)
    for label in ("Balayer la halle", "Laver les vitres"):
        page.get_by_label(label).check()
    page.locator("main .form-foot button[type=submit]").click()
    paper = page.locator("main a", has_text="PDF").or_(page.locator("main .line"))
    expect(paper.first).to_be_visible()
    assert person.passports.count() == 1
