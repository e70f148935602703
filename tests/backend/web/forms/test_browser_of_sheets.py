"""What is recorded in a sheet is on the page it leaves, whatever place of the page comes next: in a real Chromium."""

from __future__ import annotations

import pytest

from tests.chromium import Visitor, browser, trail_can_be_emptied  # noqa: F401 - fixtures
from tests.committing import committing
from tests.worlds.three_valleys import Territory, territory

pytestmark = [pytest.mark.browser, committing]


@pytest.fixture
def place() -> Territory:
    return territory()


def _open_sheet(browser, live_server, place, width=1280):  # noqa: F811
    page = Visitor(browser, live_server.url, place.advisor).open(f"/personnes/{place.jo.pk}/", width=width)
    page.get_by_role("link", name="Ajouter une formation").click()
    page.wait_for_selector("dialog#sheet[open] [name=title]")
    page.fill("dialog [name=title]", "Lire un plan inventé")
    page.fill("dialog [name=started_on]", "2026-03-02")
    page.fill("dialog [name=planned_end_on]", "2026-03-06")
    return page


def test_a_sheet_that_leads_to_a_place_of_its_page_shows_the_page_as_it_now_is(browser, live_server, place):  # noqa: F811
    page = _open_sheet(browser, live_server, place)
    page.click("dialog .form-foot button[type=submit]")
    page.wait_for_selector(".notice.success")
    assert page.url.endswith("#formations")
    assert page.locator("dialog[open]").count() == 0
    assert "Lire un plan inventé" in page.inner_text("#formations")
    assert place.jo.trainings.count() == 1


@pytest.mark.parametrize("width", [360, 1280])
def test_a_sheet_without_network_says_it_where_it_is_read(browser, live_server, place, width):  # noqa: F811
    page = _open_sheet(browser, live_server, place, width)
    page.context.set_offline(True)
    page.click("dialog .form-foot button[type=submit]")
    page.wait_for_selector("dialog [data-network]")
    corners = """told => { const at = told.getBoundingClientRect();
      return [at.top + 4, at.bottom - 4].every(y => told.contains(document.elementFromPoint(at.left + at.width / 2, y))) }"""
    assert page.eval_on_selector("dialog [data-network]", corners)
    assert page.input_value("dialog [name=title]") == "Lire un plan inventé"
