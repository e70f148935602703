"""SEC-15: the second wall stands aside where a gate says so, and nowhere else; no table of people is left outside it."""

from __future__ import annotations

import ast

import pytest

from backend.core.joining import tables as joined
from backend.core.privacy import tables
from backend.core.wall import beside
from backend.core.wall.gates import Gate
from backend.core.wall.policies import walled
from tests.house.tree import modules

OUTSIDE = {
    "accounts.OpenSession": "an account’s, asked before anybody is known",
    "accounts.SeatToken": "an account’s, asked before anybody is known",
    "accounts.User": "an account’s, asked before anybody is known",
    "competences.BadgeKey": "of the installation",
    "competences.Bloc": "of a published list",
    "competences.GestureList": "of a structure’s trade; its author alone is somebody",
    "competences.LineMatch": "of a published list",
    "employers.Employer": "of a firm; who to ask for there",
    "employers.EmployerAccess": "of a firm; an account’s seat",
    "mail.Message": "written before anybody is known (a password forgotten); sealed while it waits, emptied once sent",
    "organisations.GroupOffer": "of a structure",
    "organisations.Invitation": "of an address, before it has an account",
    "organisations.Membership": "an account’s seat",
    "reports.PublishedTable": "of figures that left: who published them alone is somebody",
}
"""Tables with personal columns that stay outside, each with the reason."""
_OPENS = {"lifted", "Reach"}


def lifts() -> dict[str, set[str]]:
    """The gates named by each module, by the name of the gate; one opened without a name is « ? »."""
    found: dict[str, set[str]] = {}
    for path, tree in modules():
        name = path.removesuffix(".py").replace("/", ".")
        for call in ast.walk(tree):
            if (
                isinstance(call, ast.Call)
                and getattr(call.func, "id", getattr(call.func, "attr", "")) in _OPENS
            ):
                said = [*call.args, *(each.value for each in call.keywords if each.arg == "gate")]
                if getattr(call.func, "id", "") == "Reach" and not any(
                    each.arg == "gate" for each in call.keywords
                ):
                    continue
                gate = said[0].attr if said and isinstance(said[0], ast.Attribute) else "?"
                found.setdefault(name, set()).add(gate)
    return found


def test_SEC_15_the_wall_is_lifted_where_a_door_says_so():
    told = {name: {gate.name for gate in Gate if name in gate.value.modules} for name in lifts()}
    found = lifts()
    found["backend.core.wall.reach"] -= {"?"}  # `lifted` itself
    assert found == told, "a gate of backend/core/wall/gates.py says who opens it, and why"


@pytest.mark.parametrize("gate", list(Gate), ids=lambda gate: gate.name)
def test_SEC_15_every_door_is_opened_by_each_module_it_names(gate):
    unopened = [module for module in gate.value.modules if gate.name not in lifts().get(module, ())]
    assert unopened == [], "a gate nobody opens any more goes from backend/core/wall/gates.py"
    assert gate.value.why.endswith(".")


def test_SEC_15_no_table_of_people_is_left_outside():
    behind = {each.label for each in joined.registered()} | {
        each.model._meta.label for each in beside.registered()
    }
    assert len(walled()) == len(behind)
    personal = {
        table.label
        for table in tables.registered()
        if any(kind.value.is_personal for kind in table.columns.values())
    }
    assert sorted(personal - behind) == sorted(OUTSIDE), (
        "behind the wall (a line in joining, or `beside.register`), or a reason here"
    )
