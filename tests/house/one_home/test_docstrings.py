"""What other modules call says in one sentence what it does for people; repeating its name says nothing."""

from __future__ import annotations

import ast
import re

import pytest

from tests.house.tree import modules

ROOMS = {"services", "selectors", "rules", "matching", "recomposition", "compute"}
FLOORS = {"querysets.py", "permissions.py", "rules.py"}
EMPTY = {
    "a",
    "an",
    "and",
    "are",
    "by",
    "for",
    "in",
    "is",
    "its",
    "of",
    "on",
    "the",
    "this",
    "that",
    "to",
    "with",
}


def speaks() -> list[tuple[str, ast.FunctionDef]]:
    """Every public function and method of those rooms, those written inside another left aside."""
    return [
        (f"{path}:{node.lineno} {node.name}", node)
        for path, tree in modules()
        if (ROOMS & set(path.split("/")) or path.split("/")[-1] in FLOORS)
        and "screens" not in path.split("/")
        for body in (tree.body, *(each.body for each in tree.body if isinstance(each, ast.ClassDef)))
        for node in body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


def words(text: str) -> set[str]:
    return {re.sub(r"(?<=..)s$", "", word) for word in re.findall(r"[a-z0-9]+", text.lower())} - EMPTY


def says_nothing_more(name: str, sentence: str) -> bool:
    """« Close a stay. » for `close_stay`."""
    return words(sentence.replace("_", " ")) <= words(name.replace("_", " "))


def test_every_public_function_says_what_it_does():
    found = speaks()
    assert len(found) > 300
    silent = [where for where, node in found if not ast.get_docstring(node)]
    assert silent == [], "one sentence that a colleague from the field understands"


def test_no_sentence_repeats_the_name_of_its_function():
    repeated = [
        where
        for where, node in speaks()
        if says_nothing_more(node.name, ast.get_docstring(node) or node.name)
    ]
    assert repeated == [], "say what the name does not: for whom, on which day, in which unit, by which text"


@pytest.mark.parametrize(
    ("name", "sentence", "empty"),
    [
        ("close_stay", "Close the stay.", True),
        ("closed_stays", "The closed stays", True),
        ("close_stay", "Close the stay with its motive.", False),
    ],
)
def test_an_empty_sentence_is_recognised(name, sentence, empty):
    assert says_nothing_more(name, sentence) is empty
