"""Each process of the suite collects the same tests in the same order; the suite itself refuses the rest."""

from __future__ import annotations

import ast
from itertools import chain

import pytest

from tests.house.collecting import named_after_a_set, unordered_in
from tests.house.tree import ROOT

A_SET = frozenset({"aci", "ei"})
UNORDERED_CALLS = {"set", "frozenset"}


@pytest.mark.parametrize(
    ("values", "is_refused"),
    [
        (A_SET, True),
        (set(A_SET), True),
        ({"a": 1}.keys() - {"b"}, True),
        (sorted(A_SET), False),
        ({"a": 1}.keys(), False),
        ({"a": 1}.items(), False),
        ({"a": 1}, False),
    ],
    ids=["frozenset", "set", "difference", "sorted", "keys", "items", "dict"],
)
def test_a_set_of_parameters_is_refused(values, is_refused):
    assert unordered_in([pytest.mark.parametrize("kind", values).mark]) == ["kind"] * is_refused


def _walks_a_set(values: ast.expr) -> bool:
    """`[x for x in {…}]`, `list({…})`, `tuple(a | {…})`: a list made in the order of a set."""
    if isinstance(values, ast.ListComp | ast.GeneratorExp):
        return any(_is_a_set(each.iter) for each in values.generators)
    if isinstance(values, ast.Call) and getattr(values.func, "id", "") in {"list", "tuple", "enumerate"}:
        return bool(values.args) and (_is_a_set(values.args[0]) or _walks_a_set(values.args[0]))
    return _is_a_set(values)


def _is_a_set(values: ast.expr) -> bool:
    match values:
        case ast.Set() | ast.SetComp():
            return True
        case ast.Call(func=ast.Name(id=name)):
            return name in UNORDERED_CALLS
        case ast.BinOp(left=left, op=ast.Sub() | ast.BitOr() | ast.BitAnd(), right=right):
            return _is_a_set(left) or _is_a_set(right)
    return False


def test_no_list_of_parameters_is_made_from_a_set():
    made = []
    for path in sorted((ROOT / "tests").rglob("*.py")):
        for call in (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)):
            if ast.unparse(call.func).endswith("parametrize") and any(map(_walks_a_set, call.args[1:2])):
                made.append(f"{path.relative_to(ROOT)}:{call.lineno}")
    assert made == [], "sorted(…): each process of the suite must see the same tests in the same order"


@pytest.mark.parametrize(
    ("text", "is_seen"),
    [("{1, 2}", True), ("[x for x in {1}]", True), ("list(set(ROLES))", True), ("sorted(set(ROLES))", False), ("[1, 2]", False)],
)  # fmt: skip
def test_a_list_made_from_a_set_is_seen(text, is_seen):
    assert _walks_a_set(ast.parse(text, mode="eval").body) is is_seen


def test_every_fixture_of_one_name_gives_one_thing():
    """A name given by two nested `conftest.py` would mean one thing above and another below."""
    given: dict[str, list[str]] = {}
    for path in sorted((ROOT / "tests").rglob("conftest.py")):
        for node in chain(ast.parse(path.read_text()).body):
            if isinstance(node, ast.FunctionDef) and any(
                "fixture" in ast.unparse(d) for d in node.decorator_list
            ):
                given.setdefault(node.name, []).append(path.parent.relative_to(ROOT / "tests").as_posix())
    nested = {
        name: folders
        for name, folders in given.items()
        if not name.startswith("_")
        and any(one != other and (f"{other}/".startswith(f"{one}/") or one == ".") for one in folders for other in folders)
    }  # fmt: skip
    assert nested == {}, "rename the one below for what it gives"


def test_a_test_is_not_named_by_the_members_of_a_set():
    assert named_after_a_set(f"tests/test_x.py::test_y[{frozenset({'a', 'b'})}]")
    assert not named_after_a_set("tests/test_x.py::test_y[a-b]")
