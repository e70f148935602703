"""A value kept in the base has one spelling: the member of its enum; nobody compares with the raw word."""

from __future__ import annotations

import ast

import pytest
from django.db.models import Choices, TextChoices

from tests.everything import ROOT, TYPED

FILES = [
    path
    for house in TYPED
    for path in sorted((ROOT / house).rglob("*.py"))
    if not {"migrations", "enums"} & set(path.with_suffix("").parts)
]
ASKS = {"filter", "exclude", "get", "update", "create", "get_or_create", "update_or_create", "count", "Q"}
"""Calls whose named arguments are compared with what the base keeps, or written there."""


def values() -> set[str]:
    """Every value of our enums of words; the empty one says nothing of which enum it is."""
    found: set[str] = set()
    waiting: list[type[Choices]] = [TextChoices]
    while waiting:
        for each in waiting.pop().__subclasses__():
            waiting.append(each)
            if each.__module__.partition(".")[0] in TYPED:
                found |= set(each.values)
    return found - {""}


VALUES = values()


def words_in(node: ast.AST) -> list[ast.Constant]:
    """The literal itself, or those of a literal container."""
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return [word for each in node.elts for word in words_in(each)]
    is_word = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return [node] if is_word and node.value in VALUES else []


def raw_words(tree: ast.AST) -> list[tuple[int, str]]:
    """Line and word of each raw value compared, matched, filtered on or written."""
    found: list[ast.Constant] = []
    for node in ast.walk(tree):
        match node:
            case ast.Compare(left=left, comparators=others):
                for each in (left, *others):
                    found += words_in(each)
            case ast.MatchValue(value=value):
                found += words_in(value)
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name), keywords=keywords) if (
                name in ASKS
            ):
                for each in keywords:
                    found += words_in(each.value)
    return [(word.lineno, str(word.value)) for word in found]


def test_no_raw_value_is_compared_or_asked_of_the_base():
    found = {
        str(path.relative_to(ROOT)): raw for path in FILES if (raw := raw_words(ast.parse(path.read_text())))
    }
    assert found == {}, "use the member of the enum"


@pytest.mark.parametrize(
    "said",
    [
        "row.status == 'OUVERTE'",
        "row.status in ('OUVERTE', 'CLOSE')",
        "rows.filter(proposal__status='OUVERTE')",
        "rows.filter(Q(decision='DEMANDE') | Q(decision__in=['ACCORDE']))",
        "match status:\n    case 'BROUILLON':\n        pass",
    ],
)
def test_the_eye_sees_a_raw_value(said):
    assert raw_words(ast.parse(said)) != []


@pytest.mark.parametrize(
    "said",
    ["row.status == ProposalStatus.OPEN", "LABELS = {'OUVERTE': 'vert'}", "title = 'JURY'", "name == ''"],
)
def test_other_words_are_left_alone(said):
    assert raw_words(ast.parse(said)) == []


def test_the_list_of_values_is_really_ours():
    assert {"OUVERTE", "DEMANDE", "BROUILLON", "CDDI", "PREVU"} <= VALUES
