"""Every table has somebody who writes it, by a service, a command or a screen; a table nobody fills is said read-only."""

from __future__ import annotations

import ast

from tests.house.tree import modules, our_models

MAKES = {"create", "get_or_create", "update_or_create", "bulk_create", "create_user"}
READ_ONLY = {
    "accounts.OpenSession": "written by the store of sessions, which the framework calls: `backend/accounts/browsers/store.py`",
    "reports.SourceChange": "written by the base itself, whoever writes: `reports/triggers.py`",
}
"""Tables that the product only reads, each with the reason."""
OUTSIDE = ("backend/demo/", "employers/recomposition/", "employers/matching/")
"""Where a name may be that of a fact, or where the writer is the invented territory."""


def written() -> set[str]:
    """Names of classes that some module builds, or hands to a function that builds their rows."""
    found = set()
    for path, tree in modules():
        if path.startswith(OUTSIDE) or "/models" in path:
            continue
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            found |= _built(call)
    return found


def _built(call: ast.Call) -> set[str]:
    if isinstance(call.func, ast.Name):
        stores = {"create", "_store", "upsert"} & {call.func.id}
        return {call.func.id} | {ast.unparse(each) for each in call.args if stores}
    if isinstance(call.func, ast.Attribute) and call.func.attr in MAKES:
        return {ast.unparse(call.func).split(".")[0]}
    return set()


def test_every_table_has_a_writer():
    written_by = written()
    orphans = [model._meta.label for model in our_models() if model.__name__ not in written_by]
    assert sorted(set(orphans) - set(READ_ONLY)) == [], (
        "write it by a service, a command or a screen, or say in READ_ONLY why the product only reads it"
    )
    assert set(READ_ONLY) <= set(orphans), "it is written now: take it out of READ_ONLY"
