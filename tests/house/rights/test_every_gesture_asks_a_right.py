"""SEC-01: what a service writes for somebody was asked of a `may_*`, there or one service lower, or says who asked."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator

import pytest

from tests.house.tree import modules

WRITES = {
    "atomic", "bulk_create", "bulk_update", "create", "delete", "get_or_create", "save", "update", "update_or_create",
    "write",
}  # fmt: skip
"""A transaction is opened to write; `steps.save` and `steps.write` are the same words."""
ASKED_BEFORE = {
    "backend/exchange/services/bundles.py import_bundle": "the operator’s command, or the import whose depositor was asked",
    "backend/organisations/services/invitations.py send_invitation": "asked by each service that invites, which knows whom",
    "backend/organisations/services/invitations.py prepare": "same: a team, a door, or the operator’s command",
    "pathways/services/corrections/shared.py take_back": "the last step of a cancellation, which asked first",
    "pathways/services/people.py hand_over_stays": "asked by the service that ends the seat of the colleague",
    "pathways/services/people.py start_stay": "a step of a welcome, which asked first",
    "pathways/services/privacy/erasing.py erase_people": "a step of an erasure, whose two callers asked first",
    "pathways/services/relays/shared.py moved": "the last step of each move, after `taken` asked",
    "competences/services/assessments.py prove_assessment": "backend/files/services.py asks the carrier of the file",
    "reports/services/exports.py request_export": "each kind of export carries its own `may`, asked there",
}
"""Services that ask nothing themselves, each with who asks in their place."""
BY_THE_OPERATOR = {
    "backend/organisations/services/recovery.py reset_second_factor_of",
    "pathways/services/privacy/requests.py erase_one",
    "pathways/services/privacy/retention.py apply_retention",
    "competences/services/badges.py renew_badge_key",
    "competences/services/certifications/register.py store_register",
    "competences/services/referential.py store_referential",
}
"""What only a command of the installation calls, or a task of its own: no seat comes near it."""
OPERATORS_ROOMS = ("/management/commands/", "/tasks.py")


def houses() -> dict[str, dict[str, list[tuple[str, ast.FunctionDef]]]]:
    """Functions of the services of each house, by name."""
    found: dict[str, dict[str, list[tuple[str, ast.FunctionDef]]]] = defaultdict(lambda: defaultdict(list))
    for path, tree in modules():
        house, is_service, _ = path.partition("/services")
        for node in tree.body if is_service else ():
            if isinstance(node, ast.FunctionDef):
                found[house][node.name].append((path, node))
    return found


def names_in(function: ast.FunctionDef) -> set[str]:
    return {
        node.id if isinstance(node, ast.Name) else node.attr
        for node in ast.walk(function)
        if isinstance(node, ast.Name | ast.Attribute)
    }


def reached_by(function: ast.FunctionDef, house: dict[str, list[tuple[str, ast.FunctionDef]]]) -> set[str]:
    """Every name that a function uses, by itself or through services of the same house."""
    names, left, met = set(), [function], set()
    while left:
        here = left.pop()
        if here in met:
            continue
        met.add(here)
        names |= (said := names_in(here))
        left += [other for name in said for _, other in house.get(name, ())]
    return names


def unasked(found: dict[str, dict[str, list[tuple[str, ast.FunctionDef]]]]) -> Iterator[str]:
    """Public services that take an actor, write, and reach no `may_*`."""
    for house in found.values():
        for path, function in (each for same in house.values() for each in same):
            asked = {each.arg for each in (*function.args.args, *function.args.kwonlyargs)}
            if function.name.startswith("_") or "actor" not in asked:
                continue
            reached = reached_by(function, house)
            if reached & WRITES and not any(name.startswith("may_") for name in reached):
                yield f"{path} {function.name}"


@pytest.fixture(scope="module")
def found():
    return set(unasked(houses()))


def test_SEC_01_every_service_that_writes_asks_a_right(found):
    assert sorted(found - set(ASKED_BEFORE) - BY_THE_OPERATOR) == [], (
        '`ensure(may_…(actor, row), "not_yours", …)` before the change, with a `may_*` of <domain>/permissions.py;'
        " ASKED_BEFORE only when its callers ask, with the reason"
    )


def test_each_service_asked_before_is_still_one(found):
    assert sorted({*ASKED_BEFORE, *BY_THE_OPERATOR} - found) == [], "it asks, or is gone: take it out"


def test_what_is_the_operators_is_called_from_no_page():
    gestures = {each.split()[1] for each in BY_THE_OPERATOR}
    elsewhere = [
        (path, node.attr if isinstance(node, ast.Attribute) else node.id)
        for path, tree in modules()
        if "/services" not in path and not any(room in f"/{path}" for room in OPERATORS_ROOMS)
        and not path.startswith("backend/demo/")
        for node in ast.walk(tree)
        if (isinstance(node, ast.Name) and node.id in gestures)
        or (isinstance(node, ast.Attribute) and node.attr in gestures)
    ]  # fmt: skip
    assert elsewhere == [], "a page or the API asks a `may_*` first: write a service that does"


@pytest.mark.parametrize(
    ("said", "is_seen"),
    [
        ("def close(*, actor, row):\n    steps.save(row)", True),
        ("def close(*, actor, row):\n    ensure(row.is_open)\n    row.delete()", True),
        ("@transaction.atomic\ndef close(*, actor, row):\n    row.closed = True", True),
        ("def close(*, actor, row):\n    ensure(may_close(actor, row))\n    steps.save(row)", False),
        ("def close(*, actor, row):\n    _locked(actor)\n    row.save()\ndef _locked(actor):\n    may_close(actor)", False),
        ("def close(*, actor, row):\n    return row.label", False),
        ("def close(*, row):\n    row.save()", False),
    ],
)  # fmt: skip
def test_a_write_that_nobody_allowed_is_seen(said, is_seen):
    house = defaultdict(list)
    for node in ast.parse(said).body:
        house[node.name].append(("services.py", node))
    assert bool([*unasked({"house": house})]) is is_seen, "see `unasked` above"
