"""A day that does not exist, typed in the browser's own field, is said beside it and sends nothing: a real Chromium."""

from __future__ import annotations

import pytest

from pathways.models import Action, Beneficiary
from tests.chromium import Visitor, browser, faults_of, picture, trail_can_be_emptied  # noqa: F401
from tests.committing import committing
from tests.worlds.three_valleys import Territory, territory

pytestmark = [pytest.mark.browser, committing]
UNREAD = "Cette date n’existe pas ou ne se lit pas"


@pytest.fixture
def place() -> Territory:
    return territory()


@pytest.fixture
def odile(browser, live_server, place) -> Visitor:  # noqa: F811
    visitor = Visitor(browser, live_server.url, place.advisor)
    yield visitor
    assert visitor.elsewhere == []


def types_a_30_february(page, name: str) -> None:
    """Keys typed in the parts of a day, in the order this browser writes them."""
    wrong = f"""document.querySelector('[name="{name}"]').validity.badInput"""
    for keys in ("30022027", "02302027"):
        page.fill(f'[name="{name}"]', "")
        page.focus(f'[name="{name}"]')
        page.keyboard.type(keys)
        if page.evaluate(wrong):
            return
    raise AssertionError("the browser reads a 30 February")


def said(page, name: str) -> str:
    input_ = page.locator(f'[name="{name}"]')
    told = page.locator(f"#{input_.get_attribute('aria-describedby').split()[-1]}")
    assert input_.get_attribute("aria-invalid") == "true"
    assert page.evaluate("document.activeElement.name") == name
    return told.inner_text()


def test_an_entry_on_a_day_that_does_not_exist_welcomes_nobody(odile, place):
    before = Beneficiary.objects.count()
    page = odile.open("/personnes/accueillir/", width=360)
    page.fill('[name="last_name"]', "Chimère")
    page.fill('[name="first_name"]', "Zoé")
    types_a_30_february(page, "started_on")
    page.click("main .form-foot button[type=submit]")
    assert UNREAD in said(page, "started_on")
    assert page.input_value('[name="last_name"]') == "Chimère"
    picture(page, "unread-day")
    assert faults_of(page) == []
    assert Beneficiary.objects.count() == before
    page.fill('[name="started_on"]', "2026-02-28")
    assert page.locator(".field-error").count() == 0


def test_a_birth_date_that_does_not_exist_says_how_to_write_a_part_of_it(odile, place):
    page = odile.open("/personnes/accueillir/", width=360)
    page.fill('[name="last_name"]', "Chimère")
    page.fill('[name="first_name"]', "Zoé")
    page.fill('[name="birth_date"]', "30/02/1990")
    page.click("main .form-foot button[type=submit]")
    page.wait_for_selector('[name="birth_date"][aria-invalid="true"]')
    assert "sans le mois, 1990" in page.inner_text("main")
    assert page.input_value('[name="birth_date"]') == "30/02/1990"
    picture(page, "birth-known-in-part")
    assert faults_of(page) == []
    assert not Beneficiary.objects.filter(last_name="Chimère").exists()


@pytest.mark.parametrize("opening", ["page", "sheet"])
def test_an_action_due_on_a_day_that_does_not_exist_is_not_recorded_without_its_day(odile, place, opening):
    if opening == "page":
        page = odile.open(f"/personnes/{place.jo.pk}/noter/")
        form = "main"
    else:
        page = odile.open(f"/personnes/{place.jo.pk}/")
        page.keyboard.press("n")
        page.wait_for_selector("dialog#sheet[open] form")
        form = "#sheet-content"
    page.fill("#id_synthesis", "Un mot.")
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    page.fill('[name="next_action"]', "Appeler la mairie")
    types_a_30_february(page, "next_action_due_on")
    page.click(f"{form} .form-foot button[type=submit]")
    assert UNREAD in said(page, "next_action_due_on")
    assert page.input_value("#id_synthesis") == "Un mot."
    assert "Appeler la mairie" not in [each.label for each in Action.objects.all()]
