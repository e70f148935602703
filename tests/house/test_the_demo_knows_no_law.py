"""The invented territory speaks the domains' own words and asks their rules: it declares neither list nor figure."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from pathways.rules.dated.rows import OUR_CHOICE, ROWS

DEMO = Path(__file__).resolve().parents[2] / "backend" / "demo"
COMMON = 50
"""Smaller figures (4 months, 20 hours…) are also those of any story: they prove nothing by themselves."""
LAW = {
    int(row.value)
    for row in ROWS
    if isinstance(row.value, int | float | Decimal) and row.value >= COMMON and row.basis != OUR_CHOICE
}


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(DEMO.rglob("*.py")):
        yield str(path.relative_to(DEMO)), ast.parse(path.read_text(encoding="utf-8"))


def test_the_figures_looked_for_are_those_of_the_book():
    assert {81, 150, 480, 730} <= LAW


def test_no_closed_list_is_declared_in_the_demo():
    lists = [
        f"{name}: {node.name}"
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and any(word in ast.unparse(base) for base in node.bases for word in ("Enum", "Choices"))
    ]
    assert lists == []


def test_no_figure_of_the_rule_book_is_written_in_the_demo():
    """A duration counted to its last day loses one: 729 is 730 told otherwise."""
    told = LAW | {figure - 1 for figure in LAW if figure > 365}
    figures = [
        f"{name}:{node.lineno}: {node.value}"
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and type(node.value) in {int, float} and node.value in told
    ]
    assert figures == []
