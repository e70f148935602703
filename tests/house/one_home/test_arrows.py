"""Arrows that no import shows: a foreign key written as a string, a lookup that climbs by a reverse relation."""

from __future__ import annotations

import ast
import re

import pytest

from tests.house.tree import PACKAGES, modules, our_models, strings

FLOORS = (
    "core", "mail", "audit", "alerts panels", "web", "files", "accounts", "organisations", "exchange",
    "pathways", "competences", "employers", "reports", "demo",
)  # fmt: skip
RANK = {name: rank for rank, names in enumerate(FLOORS) for name in names.split()}
"""The floors of the house, lowest first; the order is that of import-linter."""
RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}


def house_of(path: str) -> str:
    """The app a module belongs to: `pathways`, or `organisations` for backend/organisations."""
    parts = path.split("/")
    return parts[1] if parts[0] == "backend" else parts[0]


def test_a_relation_to_another_app_names_a_class():
    strung = [
        f"{path}:{call.lineno}"
        for path, tree in modules()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") in RELATIONS and call.args
        and isinstance(call.args[0], ast.Constant) and "." in str(call.args[0].value)
    ]  # fmt: skip
    assert strung == [], "import the class: the arrow is then seen, and refused when it climbs"


BY_NAME = {
    ("pathways/doors.py", "pathways.Beneficiary"),
    ("pathways/doors.py", "pathways.DataRequest"),
    ("pathways/doors.py", "pathways.Stay"),
    ("pathways/given.py", "pathways.Relay"),
}
"""Dated 2026-11. Questions that querysets ask, so below the models they ask of; this list only grows shorter."""


def by_name(path: str, tree: ast.AST) -> set[tuple[str, str]]:
    """Models that a module gets by the text of their name, one it could not import: with their module."""
    return {
        (path, ".".join(texts))
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "get_model"
        and (texts := [each.value for each in call.args if isinstance(each, ast.Constant)])
    }  # fmt: skip


def test_a_model_asked_by_its_name_is_an_arrow_too():
    found = set().union(*(by_name(path, tree) for path, tree in modules()))
    assert sorted(found - BY_NAME) == [], "import the class, pass the queryset, or use `self.model`"
    assert sorted(BY_NAME - found) == [], "gone: take it out of BY_NAME"


@pytest.mark.parametrize("asked", ["apps.get_model('pathways', 'Stay')", "apps.get_model('pathways.Stay')"])
def test_a_model_asked_by_its_name_is_seen(asked):
    assert by_name("x.py", ast.parse(asked)) == {("x.py", "pathways.Stay")}
    assert by_name("x.py", ast.parse("apps.get_model(self.label)")) == set()


def climbing() -> dict[str, tuple[int, str]]:
    """Names by which a lower app could reach rows of a higher one, with the floor of the lower."""
    found = {}
    for model in our_models():
        for column in model._meta.get_fields():
            if column.auto_created or not column.is_relation or column.related_model not in our_models():
                continue
            above, below = model.__module__, column.related_model.__module__
            name = column.remote_field.get_accessor_name()
            if (
                name
                and not name.endswith("+")
                and house_of(above.replace(".", "/")) != house_of(below.replace(".", "/"))
            ):
                found[name] = (RANK[house_of(below.replace(".", "/"))], model._meta.label)
    return found


def test_no_lookup_climbs_by_a_reverse_relation():
    names = climbing()
    assert len(names) > 10
    up = [found for path, tree in modules() for found in climbs(path, tree, names)]
    assert up == [], "register from above, pass the value, or move the shared idea down"


def climbs(path, tree, names):
    """Where a module asks for rows of an app above its own."""
    asked = re.compile(rf"(?:^|__)({'|'.join(names)})(?:__|$)")
    floor = RANK.get(house_of(path), len(RANK))
    for where, name in (*_lookups(tree, asked), *_attributes(tree, names)):
        lowest, home = names[name]
        if lowest <= floor < RANK[home.split(".")[0]]:
            yield f"{path}:{where} {name} → {home}"


@pytest.mark.parametrize(
    ("path", "asked", "seen"),
    [
        ("pathways/selectors/x.py", "people.filter(placements__kind='CDI')", True),
        ("pathways/selectors/x.py", "person.placements.all()", True),
        ("pathways/selectors/x.py", "people.prefetch_related('placements')", True),
        ("employers/selectors/x.py", "person.placements.all()", False),
        ("pathways/selectors/x.py", "place.stays.all()", False),
    ],
)
def test_a_climbing_lookup_is_seen(path, asked, seen):
    assert bool(list(climbs(path, ast.parse(asked), climbing()))) is seen


def _lookups(tree, asked):
    """`filter(placements__kind=…)`, `Q(placements=…)`, `prefetch_related("placements")`."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        for word in call.keywords:
            if word.arg and (hit := asked.search(word.arg)) and "__" in word.arg:
                yield call.lineno, hit[1]
        if getattr(call.func, "attr", "") in {
            "prefetch_related",
            "select_related",
            "values",
            "values_list",
            "F",
        }:
            for text in (each for argument in call.args for each in strings(argument)):
                if hit := asked.search(text.value):
                    yield call.lineno, hit[1]


def _attributes(tree, names):
    """`person.placements.all()`."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and node.attr in {"all", "filter", "exists", "visible_to", "first", "count", "exclude"}
            and isinstance(node.value, ast.Attribute)
            and node.value.attr in names
        ):
            yield node.lineno, node.value.attr


@pytest.mark.parametrize("package", PACKAGES)
def test_every_app_has_its_floor(package):
    houses = {house_of(path) for path, _ in modules() if path.startswith(package) and "/models" in path}
    assert houses <= set(RANK), "give the new house its rank in RANK"
