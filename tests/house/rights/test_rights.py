"""A right has one home: sets of roles are named in `backend/core/actor.py`, and everything else asks a `may_*`."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from backend.core.actor import Role
from tests.everything import ROOT, TYPED
from tests.house.tree import templates

TAG = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
HOME = ROOT / "backend/core/actor.py"
FILES = [
    path
    for house in TYPED
    for path in sorted((ROOT / house).rglob("*.py"))
    if path != HOME and "migrations" not in path.parts
]


def is_a_role(node: ast.AST) -> bool:
    """`Role.ADVISOR`, or its value."""
    if isinstance(node, ast.Attribute) and node.attr in {"value", "name"}:
        node = node.value
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Role"


def is_raw_role(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value in {role.value for role in Role}


def literal_sets(tree: ast.AST) -> list[int]:
    """Lines that form a set of roles on the spot: a container, a pattern, or what is given to `only`."""
    return [node.lineno for node in ast.walk(tree) if is_a_container(node) or is_a_condition(node)]


def is_a_container(node: ast.AST) -> bool:
    match node:
        case ast.Set(elts=elements) | ast.Tuple(elts=elements) | ast.List(elts=elements):
            is_raw = len(elements) > 1 and all(map(is_raw_role, elements))
            return is_raw or any(map(is_a_role, elements))
        case ast.Call(func=ast.Name(id="only"), args=arguments):
            return len(arguments) != 1 or not isinstance(arguments[0], ast.Name)
    return False


def is_a_condition(node: ast.AST) -> bool:
    match node:
        case ast.MatchOr(patterns=patterns):
            return any(isinstance(each, ast.MatchValue) and is_a_role(each.value) for each in patterns)
        case ast.BoolOp(values=values):
            return sum(isinstance(each, ast.Compare) and speaks_of_one(each) for each in values) > 1
        case ast.BinOp(op=ast.BitOr(), left=left, right=right):
            return asks_for_one(left) and asks_for_one(right)
    return False


def speaks_of_one(test: ast.Compare) -> bool:
    return any(is_a_role(each) or is_raw_role(each) for each in test.comparators)


def asks_for_one(asked: ast.AST) -> bool:
    """Whether a condition asked of the base names one role: `Q(role=Role.MANAGER)`."""
    return any(
        isinstance(node, ast.keyword) and (node.arg or "").endswith("role") and is_a_role(node.value)
        for node in ast.walk(asked)
    )


HOMES = ("backend/core/",)
"""Where a role of the actor may be spoken of alone; a pattern (`case Role.X`) says what each role sees, and stays."""


def single_roles(tree: ast.AST) -> list[int]:
    """Lines that hold the role of the actor against one role: `actor.role is not Role.ADVISOR`."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        and any(is_a_role(each) or is_raw_role(each) for each in (node.left, *node.comparators))
        and any(is_the_actors(each) for each in (node.left, *node.comparators))
    ]


def is_the_actors(node: ast.AST) -> bool:
    """`actor.role`, `request.actor.role`, `self.actor.role`, `reader.actor.role`."""
    return (
        isinstance(node, ast.Attribute) and node.attr == "role" and ast.unparse(node.value).endswith("actor")
    )


def test_no_role_of_the_actor_is_tested_outside_its_home():
    found = {
        where(path): lines
        for path in FILES
        if not where(path).startswith(HOMES) and (lines := single_roles(ast.parse(path.read_text())))
    }
    assert found == {}, "ask a may_* of the domain, made of a set named in backend/core/actor.py"


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("actor.role is Role.ADVISOR", True),
        ("actor.role is not Role.GROUP_HEAD", True),
        ("request.actor.role == Role.ADVISOR", True),
        ("[] if self.actor.role != Role.EMPLOYER else rows", True),
        ("actor.role == 'ADVISOR'", True),
        ("actor.role in ACCOMPANY", False),
        ("invitation.role is Role.EMPLOYER", False),
        ("match actor.role:\n    case Role.ADVISOR:\n        pass", False),
    ],
)
def test_a_role_tested_alone_is_seen(said, seen):
    assert bool(single_roles(ast.parse(said))) is seen


def where(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_set_of_roles_is_written_outside_its_home():
    found = {where(path): lines for path in FILES if (lines := literal_sets(ast.parse(path.read_text())))}
    assert found == {}, "name the set in backend/core/actor.py, or ask a may_*"


@pytest.mark.parametrize(
    "said",
    [
        "actor.role in {Role.ADVISOR, Role.MANAGER}",
        "actor.role in (Role.ADVISOR,)",
        "TEAM = frozenset({Role.ADVISOR})",
        "roles = [Role.ADVISOR, Role.MANAGER]",
        "_ADVISING = frozenset({Role.ADVISOR.value, Role.MANAGER.value})",
        "only(Role.ADVISOR, Role.MANAGER)",
        "only(*ACCOMPANY)",
        "actor.role is Role.ADVISOR or actor.role is Role.MANAGER",
        "actor.role is not Role.ADVISOR and actor.role is not Role.MANAGER",
        "seat.role == 'ADVISOR' or seat.role == 'MANAGER'",
        "rows.filter(Q(role=Role.ADVISOR) | Q(membership__role=Role.MANAGER))",
        "Exists(seats.filter(role=Role.MANAGER)) | Exists(seats.filter(role=Role.ADVISOR)) & follows",
        "actor.role in {'ADVISOR', 'MANAGER'}",
        "match role:\n    case Role.ADVISOR | Role.MANAGER:\n        pass",
    ],
)
def test_the_eye_sees_each_way_of_writing_one(said):
    assert literal_sets(ast.parse(said)) != []


@pytest.mark.parametrize(
    "said",
    [
        "actor.role is Role.ADVISOR",
        "actor.role in ACCOMPANY",
        "LABELS = {Role.ADVISOR: 'Accompagnement', Role.MANAGER: 'Responsable'}",
        "rows.filter(Q(role=Role.ADVISOR) | Q(ended_at__isnull=True))",
        "only(may_manage_people)",
        "match role:\n    case Role.ADVISOR:\n        pass",
        "may_grant(actor, Role.ADVISOR, organisation_id=1)",
    ],
)
def test_a_single_role_spoken_of_is_no_set(said):
    assert literal_sets(ast.parse(said)) == []


def test_no_page_names_a_role():
    """A template asks what one may do, never who one is."""
    named = re.compile("|".join(rf"\b{role.value}\b" for role in Role))
    found = {
        name: tags
        for name, path in templates().items()
        if (tags := [tag for tag in TAG.findall(path.read_text("utf-8")) if named.search(tag)])
    }
    assert found == {}, "give the page a `may_*`"
