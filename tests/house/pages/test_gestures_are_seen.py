"""What every button, form and name on a page obeys, read in the templates: nothing covered, nothing said by the browser."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from tests.house.tree import templates

FORM = re.compile(r"<form\b[^>]*>")
BARE_NAME = re.compile(r"\b[Dd]e \{\{ [\w.]*(?:beneficiary|person|user|first_name|full_name) \}\}")
PAGES = {name: path.read_text("utf-8") for name, path in templates().items() if name.endswith(".html")}


class _Rows(HTMLParser):
    """Buttons that stand directly in a timed line: its grid has one place for gestures, they would lie on each other."""

    VOID = frozenset({"input", "br", "img", "hr", "meta", "link", "use", "path"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[set[str]] = []
        self.found = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = set((dict(attrs).get("class") or "").split())
        if self.open and {"line", "timed"} <= self.open[-1] and "btn" in classes:
            self.found += 1
        if tag not in self.VOID:
            self.open.append(classes)

    def handle_endtag(self, tag: str) -> None:
        if self.open and tag not in self.VOID:
            self.open.pop()


def buttons_in_the_way(text: str) -> int:
    reader = _Rows()
    reader.feed(re.sub(r"\{%.*?%\}|\{#.*?#\}", "", text))
    return reader.found


def test_the_gestures_of_a_timed_line_stand_together_in_their_own_place():
    assert [name for name, text in PAGES.items() if buttons_in_the_way(text)] == [], (
        'put the buttons of a line in <div class="acts">'
    )
    assert buttons_in_the_way('<li class="line timed"><a class="btn">a</a></li>') == 1
    assert buttons_in_the_way('<li class="line timed"><div class="acts"><a class="btn">a</a></div></li>') == 0


def test_what_is_missing_is_said_by_our_page_never_by_a_bubble_of_the_browser():
    silent = [
        (name, form)
        for name, text in PAGES.items()
        for form in FORM.findall(text)
        if 'method="post"' in form and "novalidate" not in form
    ]
    assert silent == [], "`novalidate` on the form: our own page says what is missing"


@pytest.mark.parametrize("name", sorted(PAGES))
def test_de_drops_its_vowel_before_a_name(name):
    assert BARE_NAME.findall(PAGES[name]) == [], "write {{ …|of_name }}: « d’Amina », « de Paul »"
