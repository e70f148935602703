"""A list has one home: two constants that hold the same things drift apart the day one of them grows."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator

import pytest

from tests.house.tree import modules

ENOUGH = 3
"""Two things alone are often the same by chance."""
BY_CHANCE: dict[frozenset[str], str] = {}
"""Lists that say two truths, each with why one may change without the other."""


def lists(tree: ast.Module) -> Iterator[tuple[str, frozenset[str]]]:
    """Constants of a module made of plain values or of members of an enumeration, in whatever order."""
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                pass
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                pass
            case _:
                continue
        match value:
            case ast.Call(func=ast.Name(id="frozenset" | "tuple"), args=[held]):
                value = held
        held = getattr(value, "elts", ()) if isinstance(value, ast.Tuple | ast.List | ast.Set) else ()
        if (
            name != "__all__"
            and held
            and all(isinstance(each, ast.Constant | ast.Attribute) for each in held)
        ):
            yield name, frozenset(map(ast.unparse, held))


def twice(found: dict[frozenset[str], list[str]]) -> list[list[str]]:
    return sorted(
        names for held, names in found.items()
        if len(names) > 1 and len(held) >= ENOUGH and held not in BY_CHANCE
    )  # fmt: skip


def test_no_list_is_written_in_two_modules():
    found = defaultdict(list)
    for path, tree in modules():
        for name, held in lists(tree):
            found[held].append(f"{path} {name}")
    assert len(found) > 100, "lists are no longer read: see `lists`"
    assert twice(found) == [], (
        "keep it in the lowest room, import it in the other; BY_CHANCE when they are two truths"
    )


@pytest.mark.parametrize(
    ("one", "other", "seen"),
    [
        ("A = ('kind', 'label', 'issuer')", "_B = ['label', 'kind', 'issuer']", True),
        ("A = (P.ONE, P.TWO, P.THREE)", "B: frozenset[str] = frozenset({P.ONE, P.TWO, P.THREE})", True),
        ("A = ('kind', 'label', 'issuer')", "B = ('kind', 'label', 'issuer', 'day')", False),
        ("A = ('kind', 'label')", "B = ('kind', 'label')", False),
        ("A = (1, 2, 3)", "B = A", False),
    ],
)
def test_a_list_written_again_is_seen(one, other, seen):
    found = defaultdict(list)
    for name, held in (*lists(ast.parse(one)), *lists(ast.parse(other))):
        found[held].append(name)
    assert bool(twice(found)) is seen, "see `lists` above"
