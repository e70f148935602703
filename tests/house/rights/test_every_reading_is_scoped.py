"""SEC-01: no window reads a table about people without its scope: `visible_to`, or a set that is narrower."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.house.tree import modules, our_models

ROOMS = {"api", "screens", "panels", "alerts", "tasks", "navigation", "views"}
SCOPES = {
    "visible_to", "accompanied_by", "covered_by", "relayed_by", "working_for", "answerable_by", "none",
}  # fmt: skip
"""`none` is what a form offers before its own scope is given."""
_VERSION = ["get", "version"]
"""The version of a row found in scope a line above, read again after a conflict."""

NARROWER = {
    "backend/organisations/api/fields.py colleagues_of": "the live seats of a set of structures already in scope",
    "backend/organisations/screens/groups/views.py offer_accept": "the group of the seat that answers",
    "backend/organisations/screens/team/views.py _what_ends": "tokens of the seat being ended",
    "pathways/alerts/eligibility.py eligibility_to_settle": "whether a diagnosis in scope has files",
    "pathways/alerts/contracts.py contracts_ending": "among stays already in scope",
    "pathways/alerts/contracts.py _cddi_months": "among people already in scope",
    "pathways/alerts/hours.py hours_near_480": "among people already in scope",
    "pathways/alerts/passes.py passes_ending": "among people already in scope",
    "pathways/screens/corrections/views.py cancelling": "whether the person of this page is still there",
    "pathways/screens/exits/views.py exit_edit": "the exit of a stay found in scope",
    "pathways/screens/hours/table.py hours_table": "hours of contracts found in scope",
    "pathways/screens/hours/table.py _hours_of": "hours of contracts found in scope",
    "pathways/screens/rules/trial.py _own_kind": "the structures of the seat itself",
    "reports/screens/conventions/views.py _page": "a convention found in scope, read again after a conflict",
    "pathways/screens/people/views.py advisor": "the structure of a stay found in scope",
    "pathways/screens/people/views.py _team": "the live seats of a structure in scope",
    "pathways/screens/relays/views.py _team": "the live seats of a structure in scope",
    "competences/screens/observe/gestures.py trades_of_person": "contracts of somebody found in scope",
    "competences/screens/observe/gestures.py trades_at_work": "contracts of stays found in scope",
    "competences/screens/self_assessment/views.py reading_comment": "a reading found in scope, read again after a conflict",
    "competences/screens/vae/views.py _choose": "the project found in scope, with its steps",
    "employers/alerts.py post_hire_due": "among people already in scope",
    "employers/screens/corrections/forms.py HireCorrectForm": "the employer of a hire found in scope stays among the choices",
    "employers/screens/employers/page.py EmployerPage": "the hires of an employer found in scope, as their list counts them",
    "employers/screens/employers/page.py employers_page": "rows of a set already in scope",
    "employers/screens/own_pages/page.py NeedsPage": "whom an employer writes to in the structure they work with",
}


def unscoped(tree: ast.Module, scoped: set[str]) -> Iterator[str]:
    """The function of each reading that begins with the whole table."""
    above = {inner: outer for outer in ast.walk(tree) for inner in ast.iter_child_nodes(outer)}
    for node in ast.walk(tree):
        if not (
            isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "_base_manager"}
        ):
            continue
        if isinstance(node.value, ast.Name) and node.value.id in scoped:
            said = list(_chain(node, above))
            if said != _VERSION and not SCOPES & set(said):
                yield _room_of(node, above)


def _chain(node: ast.AST, above: dict[ast.AST, ast.AST]) -> Iterator[str]:
    """The words that follow, in order: `.live().filter(…)`."""
    while (outer := above.get(node)) is not None:
        if isinstance(outer, ast.Attribute):
            yield outer.attr
        elif not (isinstance(outer, ast.Call) and outer.func is node):
            return
        node = outer


def _room_of(node: ast.AST, above: dict[ast.AST, ast.AST]) -> str:
    """The outermost function or class."""
    name = ""
    while node in above:
        node = above[node]
        name = node.name if isinstance(node, ast.FunctionDef | ast.ClassDef) else name
    return name


@pytest.fixture(scope="module")
def scoped():
    return {model.__name__ for model in our_models() if hasattr(model._default_manager.all(), "visible_to")}


@pytest.fixture(scope="module")
def found(scoped):
    return {
        f"{path} {name}"
        for path, tree in modules()
        if ROOMS & set(path.removesuffix(".py").split("/"))
        for name in unscoped(tree, scoped)
    }


def test_every_reading_begins_with_a_scope(found):
    assert found - set(NARROWER) == set(), (
        "begin with `visible_to(actor)`; NARROWER only when nobody could read more, with the reason"
    )


def test_each_narrower_reading_is_still_there(found):
    assert set(NARROWER) - found == set(), "it is scoped, or gone: take it out of NARROWER"


def test_a_reading_of_the_whole_table_is_seen():
    seen = ast.parse("def page():\n    return Stay.objects.filter(pk=1)\n")
    fine = ast.parse("def page():\n    return Stay.objects.filter(pk=1).visible_to(actor)\n")
    assert [*unscoped(seen, {"Stay"})] == ["page"]
    assert [*unscoped(fine, {"Stay"})] == []
