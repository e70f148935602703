"""No form sends by its address what a person types: browsers, proxies and logs keep addresses."""

import re

from tests.house.tree import templates

_FORM = re.compile(r"<form\b(?P<tag>[^>]*)>(?P<body>.*?)</form>", re.DOTALL)
_TEXT = re.compile(r'<textarea|<input(?![^>]*\btype="(?:hidden|checkbox|radio|number|date|month|submit)")')
_FIELD = re.compile(r"\{\{\s*(?:form|year|dates)\.(\w+)\s*\}\}")
CHOICES = {"annee", "structure", "du", "au"}
"""Fields drawn by a form, in an address: years, days and structures, never a text."""


def sent_by_address() -> dict[str, list[str]]:
    """Each form whose answers stand in the address, with what it asks."""
    found: dict[str, list[str]] = {}
    for name, path in templates().items():
        for form in _FORM.finditer(path.read_text("utf-8")):
            tag = form["tag"]
            if 'method="post"' in tag and "hx-get" not in tag:
                continue
            typed = [*_FIELD.findall(form["body"]), *("text" for _ in _TEXT.findall(form["body"]))]
            found.setdefault(name, []).extend(typed)
    return found


def test_what_stands_in_an_address_is_chosen_never_typed():
    """SEC-39."""
    typed = {name: sorted(set(asked) - CHOICES) for name, asked in sent_by_address().items()}
    assert {name: asked for name, asked in typed.items() if asked} == {}, (
        "send the form by POST: what is typed of somebody stays out of addresses"
    )


def test_the_walk_really_finds_forms():
    assert any(CHOICES & set(asked) for asked in sent_by_address().values())


def test_no_search_pushes_its_words_into_the_address():
    pushing = {name for name, path in templates().items() if "hx-push-url" in path.read_text("utf-8")}
    assert all(name.startswith("reports/exits/") for name in pushing), (
        "a count is chosen there, nobody is named"
    )
