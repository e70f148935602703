"""A test that does not run says what is missing, and fails where everything is installed: one place decides it."""

from __future__ import annotations

import ast

import pytest

from tests.house.tree import ROOT

HOME = "tests/needed.py"
LEAVES_OUT = {"skip", "skipif", "xfail", "importorskip", "skipTest"}
ASKS_THE_MACHINE = {"which"}


def left_out(tree: ast.AST) -> list[int]:
    """Lines that leave a test out, or part of it: a mark, a call, and what is done only if the machine has a program."""
    found = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Attribute) and is_of_pytest(node)]
    found += [
        node.lineno
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef) and function.name.startswith("test_")
        for node in ast.walk(function)
        if isinstance(node, ast.If) and asked_in(node.test) & ASKS_THE_MACHINE
    ]
    return sorted(found)


def is_of_pytest(node: ast.Attribute) -> bool:
    return node.attr in LEAVES_OUT and ast.unparse(node.value) in {
        "pytest",
        "pytest.mark",
        "unittest",
        "self",
    }


def asked_in(test: ast.AST) -> set[str]:
    return {node.attr for node in ast.walk(test) if isinstance(node, ast.Attribute)}


def test_one_place_leaves_tests_out():
    found = {
        name: lines
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if (name := path.relative_to(ROOT).as_posix()) != HOME
        and (lines := left_out(ast.parse(path.read_text("utf-8"))))
    }
    assert found == {}, f"needs(…), not_here(…) or only_on(…): {HOME}"


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("pytest.skip('no')", True),
        ("@pytest.mark.skipif(not shutil.which('x'), reason='no')\ndef test_a(): pass", True),
        ("pytestmark = pytest.mark.xfail", True),
        ("redis = pytest.importorskip('redis')", True),
        ("def test_a():\n    if shutil.which('caddy'):\n        assert done", True),
        ("text.skip(3)", False),
        ("@needs('caddy')\ndef test_a():\n    assert done", False),
    ],
)
def test_what_leaves_a_test_out_is_seen(said, seen):
    assert bool(left_out(ast.parse(said))) is seen
