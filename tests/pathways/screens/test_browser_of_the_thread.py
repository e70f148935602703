"""The screens in a real Chromium: nothing from elsewhere, no accessibility fault, and the comforts of the keyboard."""

from __future__ import annotations

import pytest

from backend.core.actor import Role
from tests.chromium import SIZES, Visitor, browser, faults_of, picture, trail_can_be_emptied, walk  # noqa: F401
from tests.committing import committing
from tests.factories import EmployerAccessFactory, MembershipFactory
from tests.worlds.three_valleys import Territory, member, territory

pytestmark = [pytest.mark.browser, committing]


@pytest.fixture
def place() -> Territory:
    return territory()


@pytest.fixture
def odile(browser, live_server, place) -> Visitor:  # noqa: F811
    visitor = Visitor(browser, live_server.url, place.advisor)
    yield visitor
    assert visitor.elsewhere == []
    assert visitor.complaints == []


def test_screens_full_of_a_long_story_are_accessible_at_both_sizes(odile, place):
    pages = {
        "day": "/ma-journee/",
        "between": "/entre-deux/",
        "people": "/personnes/",
        "person": f"/personnes/{place.solange.pk}/",
        "choose": "/noter/",
        "observe-person": f"/observer/{place.solange.pk}/",
    }
    assert walk(odile, pages) == {}


def test_empty_screens_are_accessible_too(browser, live_server, place):  # noqa: F811
    newcomer = Visitor(browser, live_server.url, member(Role.ADVISOR, place.structures["etti"]).user)
    pages = {
        "day-empty": "/ma-journee/",
        "people-empty": "/personnes/",
        "between-empty": "/entre-deux/",
        "lost": "/nulle-part/",
    }
    assert walk(newcomer, pages) == {}


def test_empty_sides_of_employers_and_of_a_new_manager_are_accessible_too(browser, live_server):  # noqa: F811
    alone = EmployerAccessFactory()
    assert walk(Visitor(browser, live_server.url, alone.user), {"needs-empty": "/mes-besoins/"}) == {}
    seat = MembershipFactory(role=Role.MANAGER)
    pages = {
        "employers-empty": "/employeurs/",
        "jobs-empty": "/postes/",
        "people-none": "/personnes/",
        "day-none": "/ma-journee/",
        "team-alone": "/equipe/",
        "exits-none": "/sorties/",
    }
    assert walk(Visitor(browser, live_server.url, seat.user), pages) == {}


def test_the_persons_own_page_is_accessible_in_a_demonstration_too(
    browser,  # noqa: F811
    live_server,
    place,
    settings,
):
    settings.DEMO = True
    assert walk(Visitor(browser, live_server.url, place.door.user), {"my-pathway": "/mon-parcours/"}) == {}


@pytest.mark.parametrize("width", SIZES)
def test_a_refused_form_says_why_and_stays_accessible(odile, place, width):
    page = odile.open("/personnes/accueillir/", width=width)
    page.fill("#id_first_name", "Nadia")
    page.fill("#id_postcode", "39")
    page.click("main button[type=submit]")
    page.wait_for_selector("[data-error-summary]")
    picture(page, f"welcome-error-{width}")
    assert page.input_value("#id_first_name") == "Nadia"
    assert "cinq chiffres" in page.inner_text("main")
    assert faults_of(page) == []


def test_a_follow_up_takes_one_key_a_few_words_and_one_click(odile, place):
    page = odile.open(f"/personnes/{place.jo.pk}/")
    page.keyboard.press("n")
    page.wait_for_selector("dialog#sheet[open] form")
    assert faults_of(page) == []
    picture(page, "sheet")
    page.fill("#id_synthesis", "A trouvé un covoiturage.")
    page.click("#sheet button[type=submit]")
    page.wait_for_selector(".notice.success")
    assert "A trouvé un covoiturage." in page.inner_text("main")
    assert place.jo.interviews.count() == 1


def test_what_is_typed_is_kept_while_typing_and_given_back(odile, place):
    page = odile.open(f"/personnes/{place.jo.pk}/noter/")
    page.fill("#id_synthesis", "Une phrase interrompue")
    page.wait_for_selector("[data-draft-status]:has-text('Brouillon gardé')")
    again = odile.open(f"/personnes/{place.jo.pk}/noter/")
    assert again.input_value("#id_synthesis") == "Une phrase interrompue"


def test_a_refused_sheet_stays_open_with_what_was_typed(odile, place):
    page = odile.open(f"/personnes/{place.jo.pk}/")
    page.click("main [data-shortcut=n]")
    page.wait_for_selector("dialog#sheet[open] form")
    page.fill("#id_happened_at", "2099-01-01T09:00")
    page.fill("#id_synthesis", "Trop tôt pour le dire.")
    page.click("#sheet button[type=submit]")
    page.wait_for_selector("#sheet [data-error-summary]")
    picture(page, "sheet-error")
    assert page.input_value("#id_synthesis") == "Trop tôt pour le dire."
    assert faults_of(page) == []


def test_the_keyboard_searches_and_lists_its_shortcuts(odile):
    page = odile.open("/ma-journee/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("karim")
    page.keyboard.press("Enter")
    page.wait_for_url("**/personnes/?mots=*")
    assert "karim" not in page.url.lower()
    assert page.input_value("#id_q") == "karim"
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    page.wait_for_selector("dialog#shortcuts[open]")
    assert faults_of(page) == []


def test_typing_a_slash_in_a_text_is_only_a_slash(odile, place):
    page = odile.open(f"/personnes/{place.jo.pk}/noter/")
    page.click("#id_synthesis")
    page.keyboard.type("n/?")
    assert page.input_value("#id_synthesis") == "n/?"


def test_the_first_tab_skips_to_the_content(odile):
    page = odile.open("/ma-journee/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Aller au contenu"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"


def test_a_slip_of_the_thumb_is_taken_back(browser, live_server, place):  # noqa: F811
    supervisor = Visitor(browser, live_server.url, member(Role.SUPERVISOR, place.structures["aci"]).user)
    page = supervisor.open(f"/observer/{place.solange.pk}/", width=360)
    page.locator(".level").nth(2).click()
    page.wait_for_selector("[data-undo]")
    assert page.locator(".level[aria-pressed=true]").count() == 1
    picture(page, "observe-undo")
    assert faults_of(page) == []
    page.reload()
    page.click("[data-undo] button")
    page.wait_for_selector("[data-undo]", state="detached")
    assert page.locator(".level[aria-pressed=true]").count() == 0


def test_everything_works_without_script(odile, place):
    page = odile.open(f"/personnes/{place.jo.pk}/", java_script_enabled=False)
    page.click("main .page-head .btn-primary")
    page.fill("#id_synthesis", "Sans script.")
    page.click("main .form-foot button[type=submit]")
    page.wait_for_url(f"**/personnes/{place.jo.pk}/")
    assert place.jo.interviews.count() == 1


def test_labels_of_the_frise_never_touch_on_screen(odile, place):
    for width in SIZES:
        page = odile.open(f"/personnes/{place.solange.pk}/", width=width)
        assert page.evaluate(_TOUCHING) == []


_TOUCHING = """() => {
  const words = [...document.querySelectorAll('.frise-scroll text')].filter((t) => t.textContent.trim());
  const boxes = words.map((t) => [t.textContent, t.getBoundingClientRect()]);
  const touching = [];
  boxes.forEach(([a, r], i) => boxes.slice(i + 1).forEach(([b, s]) => {
    if (r.left < s.right && s.left < r.right && r.top + 2 < s.bottom - 2 && s.top + 2 < r.bottom - 2) touching.push([a, b]);
  }));
  return touching;
}"""
