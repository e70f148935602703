"""Every template is shown by somebody, and every template that is named exists."""

from __future__ import annotations

import re
from pathlib import Path

import django
import pytest
from allauth import account
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from tests.house.tree import modules, source, strings, templates

_NAMED = re.compile(r"""\{%\s*(?:include|extends)\s+["']([^"']+)["']""")
_TEMPLATE = re.compile(r"[\w./-]+\.(?:html|txt)")
ERRORS = {f"{code}.html" for code in (400, 403, 404, 429, 500)}
"""Pages of errors, found by their number: Django’s, and allauth’s for who knocks too often."""
LIBRARIES = (
    Path(account.__file__).parents[1] / "templates",
    Path(django.__file__).parent / "forms/templates",
)
NOT_TEMPLATES = {"LISEZ-MOI.txt", "robots.txt", "version.txt", ".well-known/security.txt"}
"""Files that are written or served without a template."""


def named() -> dict[str, str]:
    """Each template that Python or another template names, and who does; `{}` stands for what is computed."""
    found = {
        node.value: path
        for path, tree in modules()
        for node in strings(tree)
        if _TEMPLATE.fullmatch(node.value)
    }
    for name, path in templates().items():
        found |= dict.fromkeys(_NAMED.findall(path.read_text("utf-8")), name)
    return found


def computed() -> list[re.Pattern[str]]:
    """Names made in an f-string: `web/public/{name}.html`."""
    pieces = re.compile(r'f"([\w./-]*\{[^"]+\.(?:html|txt))"')
    made = [text for path, _ in modules() for text in pieces.findall(source(path))]
    return [re.compile(re.sub(r"\\\{.*?\\\}", "[^/]+", re.escape(text))) for text in made]


def is_asked_by_a_library(name: str) -> bool:
    """A page of allauth or a widget of Django that we write our own way."""
    return any((folder / name).exists() for folder in LIBRARIES)


def test_every_template_is_shown_by_somebody():
    asked, patterns = named(), computed()
    alone = [
        name
        for name in templates()
        if name not in asked
        and name not in ERRORS
        and not is_asked_by_a_library(name)
        and not any(pattern.fullmatch(name) for pattern in patterns)
    ]
    assert alone == [], "remove it, or show it"


def _loads(name: str) -> bool:
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return False
    return True


def test_every_template_that_is_named_exists():
    asked = {name: path for name, path in named().items() if name not in NOT_TEMPLATES}
    assert len(asked) > 100, "templates are no longer found: look at how they are asked for"
    assert {name: path for name, path in asked.items() if not _loads(name)} == {}, (
        "the template is gone or renamed: mend its name"
    )


@pytest.mark.parametrize("name", sorted(ERRORS))
def test_every_page_of_error_is_ours(name):
    assert name in templates(), "the template is gone: take it out"


_SHOWN = re.compile(r"\{\{\s*(.+?)\s*\}\}")
_NEVER_TYPED = re.compile(
    r"link|password_reset_url|[\w.]+\.known_role\.label|[\w.]+\.valid_for|[\w.]+\|french_date"
)
_LETTERS = {name: path for name, path in templates().items() if "/email/" in name and name.endswith(".txt")}


@pytest.mark.parametrize("name", sorted(_LETTERS))
def test_what_a_letter_repeats_of_what_people_typed_is_no_link(name):
    """A mail reader opens whatever looks like an address; `plain` keeps it from that."""
    shown = _SHOWN.findall(_LETTERS[name].read_text("utf-8"))
    bare = [each for each in shown if not (each.endswith("|plain") or _NEVER_TYPED.fullmatch(each))]
    assert bare == [], "show it with |plain"


def test_no_page_nor_letter_makes_links_of_what_was_typed():
    assert [name for name, path in templates().items() if "urlize" in path.read_text("utf-8")] == [], (
        "an address typed by somebody is no link: show it as text"
    )
