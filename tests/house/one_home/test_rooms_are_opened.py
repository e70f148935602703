"""What only tests call does nothing for anybody: it is wired, removed, or said with what will use it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module

from tests.house.tree import PACKAGES, modules, source, strings, templates

ROOMS = {"rules", "matching", "recomposition", "compute"}
"""Rooms without a framework: only a name in the code opens them. Elsewhere pages, tables and hooks do too."""
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


def renamed() -> set[str]:
    """Names imported under another one."""
    return {
        alias.name
        for _, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.asname
    }


def shown() -> set[str]:
    """What a page asks of a value by itself: `{{ plan.gap_so_far }}`."""
    tags = (
        tag
        for path in templates().values()
        for tag in re.findall(r"\{[{%].*?[%}]\}", path.read_text("utf-8"), re.S)
    )
    return {name for tag in tags for name in re.findall(r"\.(\w+)", tag)}


def unopened() -> set[str]:
    used = set().union(*(named(tree) for _, tree in modules())) | renamed() | shown()
    return {
        f"{path} {name}"
        for path, tree in modules()
        if ROOMS & set(path.split("/")) and not {"screens", "demo"} & set(path.split("/"))
        for name in public(tree)
        if name not in used
    }


ELSEWHERE = {
    "backend/audit/triggers.py create_before_cuts": "a migration calls it on its way back",
    "backend/core/sealing/migrating.py unseal": "migrations call it, and they are history",
    "backend/settings/variables.py service_environment": "what docker-compose.yml must say: the file is held against it",
    "backend/core/tables/ordering.py as_postgresql": "Django calls it on this base",
    "backend/organisations/services/members.py grant_membership": "what every giver is tried by: tests/backend/organisations",
    "backend/accounts/models.py create_superuser": "Django’s command createsuperuser asks for it",
    "backend/accounts/models.py get_short_name": "Django’s promise of what a user answers",
}
"""Dated 2026-11. The same, in the other rooms."""
_PLAIN = {
    "property",
    "cached_property",
    "classmethod",
    "staticmethod",
    "once_per_page",
    "cache",
    "contextmanager",
    "transaction.atomic",
}
"""Decorators that reach nobody by themselves."""
_FOUND_BY_FIELD = re.compile(r"^(?:get|clean)_(\w+)$")


def given_again(tree: ast.Module) -> set[int]:
    """Texts of `__all__`: a package that gives a name calls nothing."""
    return {
        id(each)
        for node in tree.body
        if isinstance(node, ast.Assign) and [ast.unparse(one) for one in node.targets] == ["__all__"]
        for each in ast.walk(node)
    }


@cache
def spoken() -> set[str]:
    """Words by which something is reached without being called: tags of the pages, short texts of the code."""
    tags = (
        tag
        for path in templates().values()
        for tag in re.findall(r"\{[{%].*?[%}]\}", path.read_text("utf-8"), re.S)
    )
    short = (
        text.value
        for _, tree in modules()
        for text in strings(tree)
        if len(text.value) < 80 and id(text) not in given_again(tree)
    )
    return {word for text in (*tags, *short) for word in re.findall(r"\w+", text)}


def reached_otherwise(path: str, node: ast.stmt, function: ast.FunctionDef) -> bool:
    """A registry's, a page's, a framework's hook, or the method of a field that its class declares."""
    if function.name in spoken():
        return True
    if any(ast.unparse(each).split("(")[0] not in _PLAIN for each in function.decorator_list):
        return True
    if not isinstance(node, ast.ClassDef):
        return False
    owner = getattr(import_module(path.removesuffix(".py").replace("/", ".")), node.name)
    if any(
        hasattr(base, function.name)
        for base in owner.__mro__
        if base.__module__.split(".")[0] not in PACKAGES
    ):
        return True
    by_field = _FOUND_BY_FIELD.match(function.name)
    declared = {**getattr(owner, "_declared_fields", {}), **getattr(owner, "base_fields", {})}
    return bool(by_field) and by_field[1] in declared


def unopened_elsewhere() -> set[str]:
    """Functions and methods outside `ROOMS` that nothing of the product reaches."""
    used = set().union(*(named(tree) for _, tree in modules())) | renamed()
    return {
        f"{path} {function.name}"
        for path, tree in modules()
        if not ROOMS & set(path.split("/")) and not path.startswith("backend/demo/")
        for node in tree.body
        for function in (node.body if isinstance(node, ast.ClassDef) else [node])
        if isinstance(function, ast.FunctionDef) and not function.name.startswith("_")
        and function.name not in used and not reached_otherwise(path, node, function)
    }  # fmt: skip


def test_every_function_of_the_product_is_reached_by_it():
    found = unopened_elsewhere()
    assert sorted(found - set(ELSEWHERE)) == [], "call it, remove it, or say in ELSEWHERE what reaches it"
    assert sorted(set(ELSEWHERE) - found) == [], "it is called, or gone: take it out of ELSEWHERE"


def test_every_rule_and_engine_is_called_by_the_product():
    assert sorted(unopened() - set(NOT_YET)) == [], "call it, remove it, or say in NOT_YET what will"


def test_what_was_to_come_is_still_to_come():
    assert sorted(set(NOT_YET) - unopened()) == [], "it is called, or gone: take it out of NOT_YET"


_CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*")
FRAMEWORK_READS = ("backend/settings/",)
"""Django and Celery read these by their names."""
READ_ELSEWHERE = {
    "backend/core/api/serializers.py LEFT_OUT_EVERYWHERE": "tests/house holds what the API shows against it",
    "backend/demo/chance/calibration.py NOT_DRAWN": "tests/house holds the invented territory against it",
    "competences/rules/vae/table.py COMPUTED": "the page of the VAE in docs/ is written from it",
    f"{_ENGINES}/facts/measures.py WEEKS_WORKED": "the figure shown to the employer, with `weekly_gain` of NOT_YET",
}
"""Constants that no code of the product reads, each with who does."""


def constants(tree: ast.Module) -> Iterator[str]:
    """Names in capitals that a module gives a value to."""
    for node in tree.body:
        given = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for each in (name for target in given for name in getattr(target, "elts", [target])):
            if isinstance(each, ast.Name) and _CONSTANT.fullmatch(each.id):
                yield each.id


def read_here(tree: ast.Module) -> set[str]:
    return {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


@cache
def read_from_outside() -> set[tuple[str, str]]:
    """Module, or package that gives it again, and name of what another module imports."""
    return {
        (node.module or "", alias.name)
        for _, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def unread() -> set[str]:
    """Constants that nothing of the product reads, each under its module."""
    fields = {
        node.attr for _, tree in modules() for node in ast.walk(tree) if isinstance(node, ast.Attribute)
    }
    found = set()
    for path, tree in modules():
        parts = path.removesuffix(".py").removesuffix("/__init__").split("/")
        homes = {".".join(parts[:size]) for size in range(1, len(parts) + 1)}
        found |= {
            f"{path} {name}"
            for name in constants(tree)
            if not path.startswith(FRAMEWORK_READS)
            and name not in fields | read_here(tree)
            and not any((home, name) in read_from_outside() for home in homes)
        }
    return found


def test_every_constant_of_the_product_is_read_by_it():
    found = unread()
    assert sorted(found - set(READ_ELSEWHERE)) == [], (
        "read it where its value is written by hand, or remove it"
    )
    assert sorted(set(READ_ELSEWHERE) - found) == [], "it is read, or gone: take it out of READ_ELSEWHERE"


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
