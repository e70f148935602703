"""Without network the page stays, says it, and keeps what was typed: a real Chromium, taken off the network."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from backend.core.actor import Role
from tests.chromium import Visitor, browser, faults_of, picture, trail_can_be_emptied  # noqa: F401
from tests.committing import committing
from tests.factories import OccupationCompetenceFactory, OccupationFactory
from tests.worlds.three_valleys import Territory, member, territory

pytestmark = [pytest.mark.browser, committing]
WORDS = "Le réseau ne répond pas"


@pytest.fixture
def place() -> Territory:
    return territory()


def test_a_form_sent_without_network_stays_with_its_text_then_leaves_once(browser, live_server, place):  # noqa: F811
    page = Visitor(browser, live_server.url, place.advisor).open(
        f"/personnes/{place.jo.pk}/noter/", width=360
    )
    page.fill("#id_synthesis", "Une phrase gardée.")
    page.context.set_offline(True)
    page.click("main .form-foot button[type=submit]")
    page.wait_for_selector("[data-network]")
    assert WORDS in page.inner_text("[data-network]")
    assert page.input_value("#id_synthesis") == "Une phrase gardée."
    picture(page, "no-network")
    assert faults_of(page) == []
    page.context.set_offline(False)
    page.wait_for_selector("[data-network]", state="detached")
    page.click("main .form-foot button[type=submit]")
    page.wait_for_selector(".notice.success")
    assert place.jo.interviews.count() == 1


def test_a_server_that_stopped_answering_is_known_from_the_draft(browser, live_server, place):  # noqa: F811
    """The browser believes it is online: only the draft, refused, says that nothing answers."""
    page = Visitor(browser, live_server.url, place.advisor).open(f"/personnes/{place.jo.pk}/noter/")
    page.route("**/*", lambda route: route.abort())
    page.type("#id_synthesis", "Une phrase gardée.")
    page.get_by_text("le brouillon sera gardé dès son retour").wait_for()
    page.click("main .form-foot button[type=submit]")
    page.wait_for_selector("[data-network]")
    page.unroute("**/*")
    page.click("main .form-foot button[type=submit]")
    page.wait_for_selector(".notice.success")
    assert place.jo.interviews.count() == 1


def test_a_tap_without_network_waits_is_not_taken_for_recorded_and_leaves_once(browser, live_server, place):  # noqa: F811
    occupation = OccupationFactory(rome_code="K2204")
    OccupationCompetenceFactory(occupation=occupation)
    place.karim.stays.get().contracts.update(rome_code="K2204")
    supervisor = Visitor(browser, live_server.url, member(Role.SUPERVISOR, place.structures["aci"]).user)
    page = supervisor.open(f"/observer/{place.karim.pk}/", width=360)
    page.context.set_offline(True)
    page.locator(".level").nth(2).click()
    expect(page.locator("[data-tap-row]").first).to_contain_text("En attente d’envoi")
    expect(page.locator("[data-undo]")).to_have_count(0)
    picture(page, "no-network-tap")
    page.locator(".level").nth(1).click()
    page.context.set_offline(False)
    expect(page.locator("[data-undo]")).to_contain_text("avec aide")
    assert place.karim.assessments.get().level == 2
