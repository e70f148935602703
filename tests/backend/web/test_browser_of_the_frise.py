"""On a phone, the frame of the line cuts no word: each one in sight is whole, at once and once scrolled."""

from __future__ import annotations

import pytest

from tests.chromium import Visitor, browser, faults_of, picture, trail_can_be_emptied  # noqa: F401
from tests.committing import committing
from tests.worlds.three_valleys import Territory, territory

pytestmark = [pytest.mark.browser, committing]
WORDS = """frame => {
  const sight = frame.getBoundingClientRect();
  const seen = [...frame.querySelectorAll("text")].filter(
    (word) => word.textContent && getComputedStyle(word).visibility !== "hidden");
  return seen.map((word) => {
    const at = word.getBoundingClientRect();
    return [word.textContent, at.left >= sight.left - 1 && at.right <= sight.right + 1];
  });
}"""


@pytest.fixture
def place() -> Territory:
    return territory()


@pytest.fixture
def odile(browser, live_server, place) -> Visitor:  # noqa: F811
    visitor = Visitor(browser, live_server.url, place.advisor)
    yield visitor
    assert visitor.elsewhere == []


def test_no_word_is_cut_by_the_frame_of_a_phone(odile, place):
    page = odile.open(f"/personnes/{place.solange.pk}/", width=360)
    frame = page.locator("[data-frise]")
    assert frame.evaluate("frame => frame.scrollWidth > frame.clientWidth")
    picture(page, "frise-on-a-phone")
    assert "aujourd’hui" in [word for word, _ in frame.evaluate(WORDS)]
    for _ in range(3):
        assert [word for word, is_whole in frame.evaluate(WORDS) if not is_whole] == []
        frame.evaluate("frame => { frame.scrollLeft -= 90; }")
        page.wait_for_timeout(100)
    assert faults_of(page) == []


def test_what_is_touched_is_told_under_the_picture(odile, place):
    page = odile.open(f"/personnes/{place.solange.pk}/", width=360)
    told = page.locator("[data-frise-told]")
    assert "s’écrit ici" in told.inner_text()
    for piece in ("rect.block", "rect.bar", "circle"):
        found = page.locator(f"[data-frise] {piece}").last
        found.scroll_into_view_if_needed()
        name = found.evaluate("shape => shape.closest('.step, circle').querySelector('title').textContent")
        found.dispatch_event("pointerover", {"bubbles": True})
        assert told.inner_text() == name
        assert name
    assert told.evaluate("words => words.scrollWidth <= words.clientWidth")
    assert faults_of(page) == []
