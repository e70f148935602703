"""What a browser shows is waited for: looked at once, right after a press, a slow machine shows the page before it."""

from __future__ import annotations

import ast

import pytest

from tests.house.tree import ROOT

LOOKED_AT_ONCE = {"is_visible", "is_hidden", "is_checked", "is_enabled", "is_disabled"}


def looked_at_once(source: str) -> list[int]:
    """The lines of a module of tests that assert what a page shows at that very instant."""
    asserted = (node.test for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Assert))
    return [
        call.lineno
        for test in asserted
        for call in ast.walk(test)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in LOOKED_AT_ONCE
    ]


def test_no_test_looks_at_a_page_only_once():
    found = {
        path.relative_to(ROOT).as_posix(): lines
        for path in (ROOT / "tests").rglob("*.py")
        if (lines := looked_at_once(path.read_text("utf-8")))
    }
    assert found == {}, "expect(…).to_be_visible() waits for the page"


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("assert page.get_by_text('Fait').is_visible()", [1]),
        ("assert not page.locator('form').is_hidden(), 'gone'", [1]),
        ("expect(page.get_by_text('Fait')).to_be_visible()", []),
        ("if page.locator('dialog').is_visible():\n    page.keyboard.press('Escape')", []),
    ],
)
def test_it_sees_what_is_looked_at_once(source, lines):
    assert looked_at_once(source) == lines
