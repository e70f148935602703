"""A rule or an engine that only tests call judges nobody: it is wired, removed, or said with what will use it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.house.tree import modules, source

ROOMS = {"rules", "matching", "recomposition", "compute"}
_ENGINES = "employers/recomposition"
NOT_YET = {
    "employers/matching/feasibility.py from_mapping": "the ranking of a proposal, once travel and hours of people are asked",
    "employers/matching/feasibility.py is_feasible": "same",
    "employers/matching/feasibility.py check_feasibility": "same",
    "employers/matching/feasibility.py order_for_work": "same",
    "employers/matching/explain.py explain": "every sentence of a match at once, for tests; pages ask them one by one",
    "employers/matching/explain.py explain_fiche": "the page of a task, when its trade is shown",
    f"{_ENGINES}/explain/alternatives.py alternatives": "the choice between plans, when recomposition has its screen",
    f"{_ENGINES}/explain/why.py is_fragile": "the badge of a plan, on the same screen",
    f"{_ENGINES}/facts/measures.py weekly_gain": "the figure shown to the employer, on the same screen",
    f"{_ENGINES}/rules/colleague.py review_week": "the week of the qualified colleague, on the same screen",
    f"{_ENGINES}/proof/exact.py best_plan": "the optimality that tests and benchmarks measure the search by",
    f"{_ENGINES}/facts/people.py can_hold": "the plain definition that the quick rows of bits are tested against",
    f"{_ENGINES}/invented/generator.py invent_territory": "territories that tests and benchmarks are run on",
    "pathways/rules/exits/motives.py is_dynamic": "a property of a category, for whoever sums them one by one",
    "pathways/rules/iae_pass.py calendar_pass_end": "the sentence that tells the platform’s count from the text’s",
    "pathways/rules/iae_pass.py is_valid_on": "the contract signed outside a PASS, when it is refused",
    "pathways/rules/timeline.py current_step": "the head of a person’s page, when it asks the drawing",
}
"""Dated 2026-11. What no page, command or service calls, with what will."""


def public(tree: ast.Module) -> Iterator[str]:
    """Functions of a module and public methods of its classes."""
    for node in tree.body:
        inside = node.body if isinstance(node, ast.ClassDef) else [node]
        for each in inside:
            if isinstance(each, ast.FunctionDef) and not each.name.startswith("_"):
                yield each.name


def named(tree: ast.Module) -> set[str]:
    """Every name a module uses; a definition is not a use, nor an import that nothing follows."""
    return {
        node.id if isinstance(node, ast.Name) else node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Name | ast.Attribute)
    }


def unopened() -> set[str]:
    used = set().union(*(named(tree) for _, tree in modules()))
    renamed = {
        alias.name
        for _, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.asname
    }
    return {
        f"{path} {name}"
        for path, tree in modules()
        if ROOMS & set(path.split("/")) and not {"screens", "demo"} & set(path.split("/"))
        for name in public(tree)
        if name not in used | renamed
    }


def test_every_rule_and_engine_is_called_by_the_product():
    assert sorted(unopened() - set(NOT_YET)) == [], "call it, remove it, or say in NOT_YET what will"


def test_what_was_to_come_is_still_to_come():
    assert sorted(set(NOT_YET) - unopened()) == [], "it is called, or gone: take it out of NOT_YET"


def closed_rooms() -> set[str]:
    """Modules none of whose functions is called by a page, a command or a service."""
    return {
        path
        for path, tree in modules()
        if (
            functions := [
                node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name[0] != "_"
            ]
        )
        and all(f"{path} {name}" in NOT_YET for name in functions)
    }


def test_the_map_of_the_house_sends_nobody_to_a_closed_room():
    table = [line for line in source("docs/architecture.md").splitlines() if line.startswith("|")]
    assert closed_rooms() >= {f"{_ENGINES}/invented/generator.py"}, "an example that is still one"
    sent = [
        (line.split("|")[1].strip(), path) for line in table for path in closed_rooms() if f"`{path}`" in line
    ]
    assert sent == [], "changing it would change no page: name what pages call"
