"""« Sorties » in a real Chromium: no accessibility fault, nothing from elsewhere, figures that open on people."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from backend.core.actor import Role
from reports import services
from tests.chromium import Visitor, browser, picture, trail_can_be_emptied, walk  # noqa: F401
from tests.committing import committing
from tests.factories import (
    BelongingFactory,
    ConventionFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
)
from tests.worlds.three_valleys import member, signed_up
from tests.worlds.worked_set import build, leave

pytestmark = [pytest.mark.browser, committing]
YEAR = "/sorties/?annee=2025"


@pytest.fixture
def head(browser, live_server, settings, tmp_path) -> Visitor:  # noqa: F811
    """The head of a group of five structures, 122 exits, two of them to complete."""
    settings.EXPORT_DIR = tmp_path / "exports"
    group = OrganisationFactory(name="Aide aux Hameaux", kind="ASP-SAP").group
    places = build()
    names = {
        "ACI": "Chantier des Rives",
        "EI": "Atelier Bois",
        "AI": "Trois Vallées Services",
        "ETTI": "Vallées Intérim",
    }
    for kind, place in places.items():
        place.name = names[kind]
        place.save()
        BelongingFactory(organisation=place, group=group)
    ConventionFactory(organisation=places["ACI"], year=2025, dynamic_target="0.55")
    for _ in range(2):
        leave(places["ACI"], motive="")
    seat = MembershipFactory(group_head=True, group=group, user=signed_up(UserFactory()))
    visitor = Visitor(browser, live_server.url, seat.user)
    yield visitor
    assert visitor.elsewhere == []
    assert visitor.complaints == []


def test_filled_empty_refused_and_waiting_pages_are_accessible_at_both_sizes(head, monkeypatch):
    monkeypatch.setattr("reports.services.exports.dispatch", lambda job: True)
    page = head.open(YEAR)
    page.get_by_role("button", name="Exporter (Excel)").click()
    page.wait_for_url("**/sorties/exports/**")
    waiting = page.url.removeprefix(head.base)
    page.context.close()
    pages = {
        "exits": YEAR,
        "exits-people": f"{YEAR}&vue=below_threshold",
        "exits-empty": "/sorties/?annee=2021",
        "exits-refused": "/sorties/?du=2025-12-31&au=2025-01-01",
        "exits-waiting": waiting,
    }
    assert walk(head, pages) == {}


def test_a_count_opens_on_its_people_without_leaving_the_page_and_the_file_comes_when_ready(
    head, monkeypatch
):
    asked = []
    monkeypatch.setattr("reports.services.exports.dispatch", asked.append)
    page = head.open(YEAR)
    page.get_by_role("link", name="24 : voir les personnes, Emploi durable").click()
    page.get_by_text("Emploi durable : 24 sorties").wait_for()
    assert "vue=durable" in page.url
    page.emulate_media(media="print")
    picture(page, "exits-print")
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Exporter en CSV").click()
    page.get_by_text("En attente").wait_for()
    services.prepare_export(job_id=str(asked[0].pk))
    with page.expect_download() as taken:
        page.get_by_role("link", name="Télécharger").click()
    assert taken.value.suggested_filename == "sorties-2025-01-01-2025-12-31.csv"


def test_without_javascript_counts_and_exports_still_work(head, monkeypatch):
    asked = []
    monkeypatch.setattr("reports.services.exports.dispatch", asked.append)
    page = head.open(YEAR, java_script_enabled=False)
    page.get_by_role("link", name="24 : voir les personnes, Emploi durable").click()
    expect(page.get_by_text("Emploi durable : 24 sorties")).to_be_visible()
    page.get_by_role("button", name="Exporter (Excel)").click()
    expect(page.get_by_role("link", name="Actualiser")).to_be_visible()
    services.prepare_export(job_id=str(asked[0].pk))
    page.get_by_role("link", name="Actualiser").click()
    expect(page.get_by_text("L’export est prêt")).to_be_visible()


def test_the_masked_page_of_the_network_is_accessible(head, browser, live_server):  # noqa: F811
    network = Visitor(browser, live_server.url, member(Role.NETWORK_HEAD, None).user)
    assert walk(network, {"exits-network": YEAR}) == {}


BOXES = """() => [...document.querySelectorAll('.exits-structures .share-bar')].map(bar => ({
    width: bar.getBoundingClientRect().width,
    shares: [...bar.querySelectorAll('rect')].map(rect => rect.getBoundingClientRect().width),
    figures: [...bar.querySelectorAll('text')].filter(text => text.textContent).map(text => {
        const box = text.getBoundingClientRect();
        return {left: box.left, right: box.right, height: box.height};
    }),
}))"""
LABELS = """() => [...document.querySelectorAll('.exits-structures th, .exits-structures td.num')]
    .filter(cell => cell.getBoundingClientRect().width > 1)
    .map(cell => ({
        width: cell.getBoundingClientRect().width, text: cell.innerText, isCut: cell.scrollWidth > cell.clientWidth + 1,
    }))"""


BROKEN = """() => [...document.querySelectorAll('.exits-structures thead th')].filter(cell => {
    const words = document.createRange();
    words.selectNodeContents(cell);
    return cell.getBoundingClientRect().width > 1 && words.getClientRects().length > 1;
}).map(cell => cell.innerText)"""


@pytest.mark.parametrize(
    ("width", "scheme"), [(360, "light"), (768, "dark"), (1280, "light"), (1440, "dark")]
)
def test_the_chart_of_each_structure_is_wide_enough_to_be_read(head, width, scheme):
    page = head.open(YEAR, width=width, scheme=scheme)
    picture(page, f"exits-chart-{width}-{scheme}")
    bars = page.evaluate(BOXES)
    assert len(bars) >= 4
    assert min(bar["width"] for bar in bars) >= 240
    for bar in bars:
        figures = bar["figures"]
        assert all(figure["height"] >= 14 for figure in figures)
        assert all(one["right"] + 2 <= other["left"] for one, other in pairwise(figures))
    cells = page.evaluate(LABELS)
    assert [cell for cell in cells if cell["isCut"] or cell["width"] < 18] == []
    assert page.evaluate(BROKEN) == []
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
