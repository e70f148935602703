"""What people read is typeset: in every sentence of the code and of the pages, apostrophes are those of print."""

from __future__ import annotations

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
