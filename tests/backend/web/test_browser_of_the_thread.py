"""The screens in a real Chromium: nothing from elsewhere, no accessibility fault, and the comforts of the keyboard."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from django.test import Client
from playwright.sync_api import BrowserContext, Page, sync_playwright

from backend.audit import triggers
from backend.core.actor import Role
from tests.backend.web.story import Territory, member, territory

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SIZES = (360, 1280)
LOOKS = ((360, "light"), (1280, "dark"))
"""Contrast is proved for both themes by the test of tokens; here each page is seen in one of them per size."""

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module", autouse=True)
def _really_commits(django_db_setup, django_db_blocker) -> Iterator[None]:
    """A browser really commits, so the tables are emptied after each test, the append-only trail included.

    Playwright keeps an event loop in this thread; Django's ORM only needs to know it is on purpose.
    """
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with django_db_blocker.unblock(), connection.schema_editor() as editor:
            triggers.drop(None, editor)
        yield
        with django_db_blocker.unblock(), connection.schema_editor() as editor:
            triggers.create(None, editor)


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield chromium
        chromium.close()


class Visitor:
    """One signed-in account, its browser, and everything that went wrong on the way."""

    def __init__(self, browser, base: str, user) -> None:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        self._browser, self.base = browser, base
        self._cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base}
        self.elsewhere: list[str] = []
        self.complaints: list[str] = []

    def context(self, width: int = 1280, scheme: str = "light", **options) -> BrowserContext:
        context = self._browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, locale="fr-FR", **options
        )
        context.add_cookies([self._cookie])
        context.on("request", self._watch)
        context.on("console", lambda message: self._listen(message.type, message.text))
        return context

    def open(self, path: str, **options) -> Page:
        page = self.context(**options).new_page()
        page.goto(self.base + path)
        return page

    def _watch(self, request) -> None:
        if not request.url.startswith((self.base, "data:")):
            self.elsewhere.append(request.url)

    def _listen(self, kind: str, text: str) -> None:
        if kind == "error" and "422" not in text and "404" not in text:
            self.complaints.append(text)


def faults_of(page: Page) -> list[str]:
    """Accessibility violations, a page wider than its window included."""
    found = [
        f"{item['id']}: {item['nodes'][0]['html'][:120]}"
        for item in Axe().run(page, options=RULES).response["violations"]
    ]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.append("the page scrolls sideways")
    return found


def _picture(page: Page, name: str) -> None:
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.fixture
def place() -> Territory:
    return territory()


@pytest.fixture
def odile(browser, live_server, place) -> Visitor:
    visitor = Visitor(browser, live_server.url, place.advisor)
    yield visitor
    assert visitor.elsewhere == []
    assert visitor.complaints == []


def _walk(visitor: Visitor, pages: dict[str, str]) -> dict[str, list[str]]:
    faults = {}
    for width, scheme in LOOKS:
        context = visitor.context(width, scheme)
        for name, path in pages.items():
            page = context.new_page()
            page.goto(visitor.base + path)
            _picture(page, f"{name}-{width}-{scheme}")
            faults[f"{name} {width} {scheme}"] = faults_of(page)
            page.close()
        context.close()
    return {where: found for where, found in faults.items() if found}


def test_every_filled_screen_is_accessible_at_both_sizes(odile, place):
    stay = place.jo.stays.get()
    person = f"/personnes/{place.solange.pk}/"
    pages = {
        "day": "/ma-journee/",
        "between": "/entre-deux/",
        "people": "/personnes/",
        "person": person,
        "note": f"{person}noter/",
        "choose": "/noter/?q=jo",
        "file": f"{person}fiche/",
        "relay": f"{person}relais/",
        "goal": f"{person}objectif/",
        "action": f"{person}action/",
        "appointment": f"{person}rendez-vous/",
        "pass": f"{person}pass-iae/",
        "welcome": "/personnes/accueillir/",
        "contract": f"/passages/{stay.pk}/contrat/",
        "exit": f"/passages/{stay.pk}/sortie/",
        "hours": f"/contrats/{stay.contracts.get().pk}/heures/",
        "interview": f"/entretiens/{place.solange.interviews.first().pk}/",
        "observe": "/observer/",
        "observe-person": f"/observer/{place.solange.pk}/",
    }
    assert _walk(odile, pages) == {}


def test_empty_screens_are_accessible_too(browser, live_server, place):
    newcomer = Visitor(browser, live_server.url, member(Role.ADVISOR, place.structures["etti"]).user)
    pages = {
        "day-empty": "/ma-journee/",
        "people-empty": "/personnes/?q=zzz",
        "between-empty": "/entre-deux/",
        "lost": "/nulle-part/",
    }
    assert _walk(newcomer, pages) == {}


def test_the_persons_own_page_is_accessible(browser, live_server, place):
    assert _walk(Visitor(browser, live_server.url, place.door.user), {"my-pathway": "/mon-parcours/"}) == {}


@pytest.mark.parametrize("width", SIZES)
def test_a_refused_form_says_why_and_stays_accessible(odile, place, width):
    page = odile.open("/personnes/accueillir/", width=width)
    page.fill("#id_first_name", "Nadia")
    page.fill("#id_postcode", "39")
    page.click("main button[type=submit]")
    page.wait_for_selector("[data-error-summary]")
    _picture(page, f"welcome-error-{width}")
    assert page.input_value("#id_first_name") == "Nadia"
    assert "cinq chiffres" in page.inner_text("main")
    assert faults_of(page) == []


def test_a_follow_up_takes_one_key_a_few_words_and_one_click(odile, place):
    page = odile.open(f"/personnes/{place.jo.pk}/")
    page.keyboard.press("n")
    page.wait_for_selector("dialog#sheet[open] form")
    assert faults_of(page) == []
    _picture(page, "sheet")
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
    _picture(page, "sheet-error")
    assert page.input_value("#id_synthesis") == "Trop tôt pour le dire."
    assert faults_of(page) == []


def test_the_keyboard_searches_and_lists_its_shortcuts(odile):
    page = odile.open("/ma-journee/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("karim")
    page.keyboard.press("Enter")
    page.wait_for_url("**/personnes/?q=karim")
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


def test_a_slip_of_the_thumb_is_taken_back(browser, live_server, place):
    supervisor = Visitor(browser, live_server.url, member(Role.SUPERVISOR, place.structures["aci"]).user)
    page = supervisor.open(f"/observer/{place.solange.pk}/", width=360)
    page.locator(".level").nth(2).click()
    page.wait_for_selector("[data-expires-after]")
    assert page.locator(".level[aria-pressed=true]").count() == 1
    _picture(page, "observe-undo")
    assert faults_of(page) == []
    page.click("[data-expires-after] button")
    page.wait_for_selector("[data-expires-after]", state="detached")
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
  const words = [...document.querySelectorAll('.frise-scroll text:not(.tip)')].filter((t) => t.textContent.trim());
  const boxes = words.map((t) => [t.textContent, t.getBoundingClientRect()]);
  const touching = [];
  boxes.forEach(([a, r], i) => boxes.slice(i + 1).forEach(([b, s]) => {
    if (r.left < s.right && s.left < r.right && r.top + 2 < s.bottom - 2 && s.top + 2 < r.bottom - 2) touching.push([a, b]);
  }));
  return touching;
}"""
