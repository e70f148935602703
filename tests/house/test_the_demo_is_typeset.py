"""The invented territory reads as the screens around it do: apostrophes are those of print."""

from __future__ import annotations

import ast
import re

from tests.house.tree import modules

TYPED_QUICKLY = re.compile(r"[A-Za-zÀ-ÿ]'[A-Za-zÀ-ÿ]")


def words_of(tree: ast.Module) -> list[ast.Constant]:
    """Every text of a module but what explains it."""
    explains = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explains
    ]


def test_no_apostrophe_of_a_keyboard_is_shown():
    shown = [
        (path, text.lineno, text.value)
        for path, tree in modules()
        if path.startswith("backend/demo/")
        for text in words_of(tree)
    ]
    assert len(shown) > 500
    assert [found for found in shown if TYPED_QUICKLY.search(found[2])] == []
