"""What was recorded never comes back as a draft: in a real Chromium, however fast the hand is."""

from __future__ import annotations

import pytest

from backend.web.models import Draft
from tests.chromium import Visitor, browser, trail_can_be_emptied  # noqa: F401 - fixtures
from tests.committing import committing
from tests.worlds.three_valleys import Territory, territory

pytestmark = [pytest.mark.browser, committing]

DELAYS = (0, 300, 700, 950, 1050, 1500)
"""Milliseconds between the last key and « Enregistrer »: before, around and after the moment a draft leaves."""


@pytest.fixture
def place() -> Territory:
    return territory()


@pytest.fixture
def odile(browser, live_server, place) -> Visitor:  # noqa: F811
    visitor = Visitor(browser, live_server.url, place.advisor)
    yield visitor
    assert visitor.elsewhere == []


def type_and_record(page, delay: int, words: str = "A trouvé un covoiturage.") -> None:
    """The ordinary gesture: a few words, and the button before one has looked up."""
    page.type("#id_synthesis", words)
    page.wait_for_timeout(delay)
    page.click("form[data-draft-url] button[type=submit]")
    page.wait_for_selector(".notice.success")


def leave(page) -> None:
    """Another tab, another page: the moments when a browser says that a page is hidden."""
    page.goto("about:blank")
    page.wait_for_timeout(200)


@pytest.mark.parametrize("delay", DELAYS)
@pytest.mark.parametrize("opening", ["page", "sheet"])
def test_a_form_recorded_at_once_opens_empty_again(odile, place, opening, delay):
    if opening == "page":
        page = odile.open(f"/personnes/{place.jo.pk}/noter/")
    else:
        page = odile.open(f"/personnes/{place.jo.pk}/")
        page.keyboard.press("n")
        page.wait_for_selector("dialog#sheet[open] form")
    type_and_record(page, delay)
    leave(page)
    page.goto(f"/personnes/{place.jo.pk}/noter/")
    assert page.input_value("#id_synthesis") == ""
    assert "brouillon" not in page.inner_text("main").lower()
    assert not Draft.objects.exists()
    assert place.jo.interviews.count() == 1


@pytest.mark.parametrize("delay", [0, 1500])
def test_going_back_and_recording_again_does_not_record_twice(odile, place, delay):
    page = odile.open(f"/personnes/{place.jo.pk}/noter/")
    when = page.input_value("#id_happened_at")
    type_and_record(page, delay)
    page.go_back()
    page.wait_for_selector("#id_synthesis")
    if page.input_value("#id_synthesis"):
        page.fill("#id_happened_at", when)
        page.click("form[data-draft-url] button[type=submit]")
        page.wait_for_selector("[data-error-summary], .notice.success")
    assert place.jo.interviews.count() == 1


def test_a_page_left_before_the_draft_left_still_keeps_it(odile, place):
    page = odile.open(f"/personnes/{place.jo.pk}/noter/")
    page.type("#id_synthesis", "Une phrase interrompue")
    leave(page)
    page.goto(f"/personnes/{place.jo.pk}/noter/")
    assert page.input_value("#id_synthesis") == "Une phrase interrompue"
