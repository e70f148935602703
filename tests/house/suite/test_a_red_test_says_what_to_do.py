"""A rule about the tree that turns red is read by somebody who has never seen it: it says what to do."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.house.tree import ROOT

EMPTY = {"[]", "{}", "set()", "()"}


def mute(tree: ast.AST) -> Iterator[int]:
    """Lines of what must be empty, or hold no more than something else, without a word; a test of the eye itself left aside."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef) or tries_the_eye(function):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Assert) and node.msg is None and says_what_the_tree_is(node.test):
                yield node.lineno


def says_what_the_tree_is(test: ast.expr) -> bool:
    if not isinstance(test, ast.Compare) or len(test.ops) != 1:
        return False
    return ast.unparse(test.comparators[0]) in EMPTY


def tries_the_eye(function: ast.FunctionDef) -> bool:
    """Whether what it reads is written there: a text that is parsed, or cases in a table."""
    is_parsed = any(
        isinstance(node, ast.Attribute) and node.attr in {"parse", "from_string"}
        for node in ast.walk(function)
    )
    given = {each.arg for each in function.args.args}
    return is_parsed or bool(given & {"said", "text", "source", "seen", "is_seen"}) or "seen" in function.name


def test_a_rule_about_the_tree_says_what_to_do_when_it_is_broken():
    silent = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sorted((ROOT / "tests/house").rglob("test_*.py"))
        for line in mute(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == [], 'assert found == [], "what to write, and in which file"'


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("def test_a():\n    assert found == []", [2]),
        ("def test_a():\n    assert found - KNOWN == set()", [2]),
        ("def test_a():\n    assert found == [], 'import it'", []),
        ("def test_a(text):\n    assert read(text) == []", []),
        ("def test_a():\n    assert len(found) > 3", []),
    ],
)
def test_a_rule_without_a_word_is_seen(said, seen):
    assert [*mute(ast.parse(said))] == seen, "see `mute` above"
