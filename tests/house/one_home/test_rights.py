"""A right has one home: sets of roles are named in `backend/core/actor.py`, and everything else asks a `may_*`."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from backend.core.actor import Role
from tests.everything import ROOT, TYPED

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
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Set(elts=elements) | ast.Tuple(elts=elements) | ast.List(elts=elements):
                if any(is_a_role(each) for each in elements) or (
                    len(elements) > 1 and all(is_raw_role(each) for each in elements)
                ):
                    found.append(node.lineno)
            case ast.MatchOr(patterns=patterns):
                if any(isinstance(each, ast.MatchValue) and is_a_role(each.value) for each in patterns):
                    found.append(node.lineno)
            case ast.Call(func=ast.Name(id="only"), args=arguments):
                if not all(isinstance(each, ast.Name) for each in arguments) or len(arguments) != 1:
                    found.append(node.lineno)
            case ast.BoolOp(op=ast.Or(), values=values):
                if (
                    sum(isinstance(each, ast.Compare) and is_a_role(each.comparators[0]) for each in values)
                    > 1
                ):
                    found.append(node.lineno)
    return found


HOMES = ("backend/core/",)
"""Where a role of the actor may be spoken of alone; a pattern (`case Role.X`) says what each role sees, and stays."""


def single_roles(tree: ast.AST) -> list[int]:
    """Lines that hold the role of the actor against one role: `actor.role is not Role.ADVISOR`."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        and any(is_a_role(each) for each in (node.left, *node.comparators))
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
        "only(may_manage_people)",
        "match role:\n    case Role.ADVISOR:\n        pass",
        "may_grant(actor, Role.ADVISOR, organisation_id=1)",
    ],
)
def test_a_single_role_spoken_of_is_no_set(said):
    assert literal_sets(ast.parse(said)) == []
