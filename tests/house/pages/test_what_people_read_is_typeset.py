"""What people read is typeset: in every sentence of the code and of the pages, apostrophes are those of print."""

from __future__ import annotations

import ast
import html
import re

import pytest

from tests.house.tree import PACKAGES, ROOT, modules, strings, templates

TYPED_QUICKLY = re.compile(r"[^\W\d_]'[^\W\d_]")
IN_ENGLISH = re.compile(r"\b\w+'s\b|can't")
"""What a library says before it is translated, and what a layer says to us of what it leaves out."""
FAMILY_NAMES = "backend/demo/chance/names.py"
"""Read from one text, split at its spaces."""


def typed_quickly(text: str) -> bool:
    """Whether a text joins two words of French with the apostrophe of a keyboard."""
    return bool(TYPED_QUICKLY.search(IN_ENGLISH.sub("", text)))


def test_no_sentence_of_the_code_has_the_apostrophe_of_a_keyboard():
    read = [(path, node) for path, tree in modules() if path != FAMILY_NAMES for node in strings(tree)]
    assert len(read) > 5_000
    shown = [f"{path}:{node.lineno}" for path, node in read if typed_quickly(node.value)]
    assert shown == [], "write ’"


def test_no_page_has_one():
    shown = [
        f"{name}: {line.strip()}"
        for name, path in templates().items()
        for line in path.read_text("utf-8").splitlines()
        if typed_quickly(re.sub(r"\{[%{].*?[%}]\}", "", line))
    ]
    assert shown == [], "write ’"


def test_no_label_of_the_referential_has_one():
    shown = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.toml"))
        for line in path.read_text("utf-8").splitlines()
        if typed_quickly(line)
    ]
    assert shown == [], "write ’"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("l'export dépasse la taille attendue", True),
        ("l’export dépasse", False),
        ("the sender's own id", False),
        ("font-family: 'Marianne'", False),
    ],
)
def test_an_apostrophe_between_two_letters_is_seen(text, seen):
    assert typed_quickly(text) is seen


def with_a_point(node: ast.JoinedStr) -> bool:
    """Whether a sentence writes a number as Python does, « 435.5 h »; a number alone is for a machine, or a field."""
    words = any(
        isinstance(each, ast.Constant) and re.search(r"[^\W\d_]", str(each.value)) for each in node.values
    )
    return words and any("normalize()" in ast.unparse(each) for each in node.values)


def test_no_sentence_of_the_code_has_a_number_with_a_point():
    read = [
        (path, node) for path, tree in modules() for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)
    ]
    changed = {
        node.func.value
        for _, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "replace"
    }
    shown = [f"{path}:{node.lineno}" for path, node in read if with_a_point(node) and node not in changed]
    assert len(read) > 1_000
    assert shown == [], "decimal_in_words: French puts a comma"


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ("f'{hours.normalize():f} heures'", True),
        ("f'{hours.normalize():f}'", False),
        ("f'{decimal_in_words(hours, 2)} heures'", False),
    ],
)
def test_a_point_in_a_sentence_is_seen(code, seen):
    assert with_a_point(ast.parse(code, mode="eval").body) is seen


GLUED = re.compile(r"[\w»)][:;?!](?=\s|$)", re.MULTILINE)
"""A sign of two parts without the space that French puts before it."""
FRENCH = re.compile(r"[àâçéèêëîïôûùœ’«»]| (?:le|la|les|de|un|une|est|et) ")
NOT_READ = re.compile(
    r"<(style|script|svg|pre|code)\b.*?</\1>|<!--.*?-->|\{#.*?#\}|\{% comment.*?endcomment %\}|<[^>]*>|\{%.*?%\}",
    re.DOTALL,
)
WRITTEN_FOR_A_MACHINE = {"charset=utf-8", "http://", "python -c"}


def glued(text: str) -> bool:
    """Whether « : », « ; », « ? » or « ! » follows a word at once."""
    return bool(GLUED.search(text)) and not any(each in text for each in WRITTEN_FOR_A_MACHINE)


def read_on(page: str) -> str:
    """What is read of a template, a value standing where each is shown."""
    shown = re.sub(r"\{\{.*?\}\}", "x", page, flags=re.DOTALL)
    return html.unescape(NOT_READ.sub(" ", shown))


def test_no_page_glues_a_sign_to_its_word():
    shown = [
        name
        for name, path in templates().items()
        if name.endswith((".html", ".txt")) and glued(read_on(path.read_text("utf-8")))
    ]
    assert shown == [], "French puts a space before « : », « ; », « ? » and « ! »"


def test_no_sentence_of_the_code_does():
    shown = [
        f"{path}:{node.lineno}"
        for path, tree in modules()
        for node in strings(tree)
        if FRENCH.search(node.value) and glued(node.value)
    ]
    assert shown == [], "French puts a space before « : », « ; », « ? » and « ! »"


@pytest.mark.parametrize(
    ("page", "seen"),
    [
        ("<dt>Heures: 2 à revoir</dt>", True),
        ("<p>{{ count }}: à revoir</p>", True),
        ("<p>Est-ce elle ?</p>", False),
        ("<p>Est-ce elle&nbsp;?</p>", False),
        ('<p style="margin: 0">Fait</p>', False),
        ("<p>de 9:30 à 10:00</p>", False),
    ],
)
def test_a_sign_glued_to_its_word_is_seen(page, seen):
    assert glued(read_on(page)) is seen
