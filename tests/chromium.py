"""A real Chromium for tests: who visits, what they asked of other machines, what the page did wrong."""

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

CHROMIUM = (
    os.environ.get("CHROMIUM")
    or shutil.which("chromium")
    or shutil.which("chromium-browser")
    or shutil.which("google-chrome")
)
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
"""Only what is wrong comes back: what passes is most of a long page, and takes a fifth of the time."""
SIZES = (360, 1280)
LOOKS = ((360, "light"), (1280, "dark"))
"""Contrast is proved for both themes by the test of tokens; a page is seen in one of them per size."""


@pytest.fixture(scope="module")
def trail_can_be_emptied(django_db_setup, django_db_blocker) -> Iterator[None]:
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
def browser(trail_can_be_emptied):
    """One browser for the module."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield chromium
        chromium.close()


class Visitor:
    """One signed-in account, its browser, and everything that went wrong on the way."""

    def __init__(self, browser, base: str, user, *, seat: str | None = None) -> None:
        from tests.signin import sign_in

        client = sign_in(Client(), user, seat=seat)
        self._browser, self.base = browser, base
        self._cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base}
        self.elsewhere: list[str] = []
        self.complaints: list[str] = []

    def context(self, width: int = 1280, scheme: str = "light", **options) -> BrowserContext:
        """A window of this size and theme, listened to."""
        context = self._browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
            locale="fr-FR",
            base_url=self.base,
            **options,
        )
        context.add_cookies([self._cookie])
        context.on("request", self._watch)
        context.on("console", lambda message: self._listen(message.type, message.text))
        return context

    def open(self, path: str, **options) -> Page:
        """A new page at this address."""
        page = self.context(**options).new_page()
        page.goto(path)
        return page

    def _watch(self, request) -> None:
        if not request.url.startswith((self.base, "data:")):
            self.elsewhere.append(request.url)

    def _listen(self, kind: str, text: str) -> None:
        if kind == "error" and "422" not in text and "404" not in text:
            self.complaints.append(text)


_COVERED = """() => {
  const seen = [...document.querySelectorAll('main .btn, main button, main summary')]
    .filter(each => each.checkVisibility() && !each.closest('.done-bar'))
    .map(each => [each, each.getBoundingClientRect()]);
  const pairs = [];
  seen.forEach(([one, a], rank) => seen.slice(rank + 1).forEach(([other, b]) => {
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (across > 2 && down > 2 && !one.contains(other) && !other.contains(one))
      pairs.push(`${one.innerText.trim()} / ${other.innerText.trim()}`);
  }));
  return pairs;
}"""
"""Buttons that cover one another; the bar that stays above the page is meant to."""


_BARS = "position => document.querySelectorAll('.done-bar').forEach(bar => { bar.style.position = position })"


def faults_of(page: Page) -> list[str]:
    """Accessibility violations, a page wider than its window included.

    A bar that sticks to the foot of the window hides what a scroll shows: targets are measured with it at its own place.
    """
    page.evaluate(_BARS, "static")
    found = [
        f"{item['id']}: {item['nodes'][0]['html'][:120]}"
        for item in Axe().run(page, options=RULES).response["violations"]
    ]
    page.evaluate(_BARS, "")
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.append("the page scrolls sideways")
    return [*found, *(f"two buttons in one place: {pair}" for pair in page.evaluate(_COVERED))]


def picture(page: Page, name: str) -> None:
    """Keep a picture of the whole page in the folder named by SCREENSHOTS, when there is one."""
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def walk(visitor: Visitor, pages: dict[str, str]) -> dict[str, list[str]]:
    """The faults of each page in every look; empty when there is none."""
    faults = {}
    for width, scheme in LOOKS:
        context = visitor.context(width, scheme)
        page = context.new_page()
        for name, path in pages.items():
            page.goto(path)
            picture(page, f"{name}-{width}-{scheme}")
            faults[f"{name} {width} {scheme}"] = faults_of(page)
        context.close()
    return {where: found for where, found in faults.items() if found}
