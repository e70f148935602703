"""What a form gives a service, the API gives it too, and the other way: two windows on one room.

Read from the calls themselves: `record_wish(actor=…, **values)` beside the form its page shows, and the same service
under the input of its verb. `left_out` of a form excuses what it does not ask; what a form asks in another shape says
so in `typed_as`. Pages that reach their service through a table of gestures (relays) are not read.
"""

from __future__ import annotations

import ast
import inspect
from collections import defaultdict
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest

from backend.core.api.serializers import Input, ModelInput
from backend.web.forms.base import CalmForm
from employers.screens.corrections.kinds import KINDS as OF_EMPLOYERS
from pathways.screens.corrections.kinds import KINDS as OF_PATHWAYS
from tests.house.nothing_forgotten.test_no_field_is_forgotten import drawn_by
from tests.house.tree import modules

OF_THE_SENDING = {"actor", "form_id", "seen", "version"}
"""Who sends, the one-time id of a sending, and the version, which the API takes as `If-Match`."""
_FILE = "joined by its own verb of the API"
_GATHERED = "gathered by the form from one field a line"
FORMS_ONLY: dict[str, dict[str, str]] = {
    "correct_licence": {"file": _FILE},
    "record_licence": {"file": _FILE},
    "correct_diagnosis": {"file": _FILE},
    "record_diagnosis": {"file": _FILE},
    "record_follow_up": {"frein_": "one chip a frein: `barriers` of the API"},
    "add_task": {"competence_": "one line a gesture: `requirements` of the API", "level_": "same"},
    "change_task": {"competence_": "one line a gesture: `requirements` of the API", "level_": "same"},
}
"""Fields that a form alone has, by their name or its beginning, each with the reason."""
API_ONLY: dict[str, dict[str, str]] = {
    "record_follow_up": {"barriers": _GATHERED},
    "edit_interview": {"barriers": _GATHERED},
    "plan_vae": dict.fromkeys(
        ("companion", "companion_on_portal", "funding", "quotes", "replaced_on"),
        "rarely known the day one aims at it: `VaeDescribeForm` asks it next; a tool brings a file already under way",
    ),
    "add_task": {"requirements": _GATHERED},
    "change_task": {"requirements": _GATHERED},
    "open_stay": {"advisor": "who welcomes back accompanies; the page of the stay names somebody else"},
}
"""What the API alone takes, each with the reason."""

Service = Callable[..., Any]


def service_called(call: ast.Call, module: Any) -> Service | None:
    """The service that a call names, when it is one."""
    match call.func:
        case ast.Name(id=name):
            found = getattr(module, name, None)
        case ast.Attribute(value=ast.Name(id=room), attr=name):
            found = getattr(getattr(module, room, None), name, None)
        case _:
            return None
    is_ours = inspect.isfunction(found) and ".services" in found.__module__
    return found if is_ours and "actor" in inspect.signature(found).parameters else None


def services_in(function: ast.FunctionDef, module: Any) -> Iterator[tuple[Service, set[str], bool]]:
    """Each service that a function calls, the names it gives by itself, and whether it gives what was typed."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and (service := service_called(node, module)) is not None:
            names = {each.arg for each in node.keywords if each.arg}
            yield service, names, any(each.arg is None for each in node.keywords)


def classes_in(function: ast.AST, module: Any, base: tuple[type, ...]) -> set[type]:
    found = (getattr(module, node.id, None) for node in ast.walk(function) if isinstance(node, ast.Name))
    return {each for each in found if isinstance(each, type) and issubclass(each, base)}


def loaded(path: str) -> Any:
    return import_module(path.removesuffix(".py").replace("/", "."))


def taken_by_the_api() -> dict[Service, set[str]]:
    """Names that the API gives each service."""
    told: dict[Service, set[str]] = defaultdict(set)
    for path, tree in modules():
        if "api" not in path.removesuffix(".py").split("/"):
            continue
        module = loaded(path)
        for verb in (each for node in tree.body if isinstance(node, ast.ClassDef) for each in node.body):
            if not isinstance(verb, ast.FunctionDef):
                continue
            inputs = set().union(
                *(classes_in(each, module, (Input, ModelInput)) for each in verb.decorator_list)
            )
            for service, names, is_spread in services_in(verb, module):
                told[service] |= names
                for each in inputs if is_spread else ():
                    told[service] |= set(each().fields)
    return told


def asked_on_screen() -> dict[Service, tuple[set[type[CalmForm]], set[str]]]:
    """Forms whose answers each service is given, and what their page gives it by itself."""
    told: dict[Service, tuple[set[type[CalmForm]], set[str]]] = defaultdict(lambda: (set(), set()))
    for path, tree in modules():
        if not {"screens", "views"} & set(path.removesuffix(".py").split("/")):
            continue
        module = loaded(path)
        pages = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
        for page in pages.values():
            for service, names, is_spread in services_in(page, module):
                forms, given = told[service]
                given |= names
                forms |= forms_around(page, pages, module) if is_spread else set()
    for kind in (*OF_PATHWAYS, *OF_EMPLOYERS):
        if kind.form is not None and kind.correct is not None:
            forms, given = told[kind.correct]
            forms.add(kind.form)
            given.add(kind.argument)
    return told


def forms_around(page: ast.FunctionDef, pages: dict[str, ast.FunctionDef], module: Any) -> set[type]:
    """Forms of a page and of its helpers; else, of the pages that it helps."""
    beside = [page, *(pages[name] for name in words_of(page) if name in pages)]
    found = set().union(*(classes_in(each, module, (CalmForm,)) for each in beside))
    helped = [each for each in pages.values() if page.name in words_of(each)]
    return found or set().union(*(classes_in(each, module, (CalmForm,)) for each in helped))


def words_of(function: ast.FunctionDef) -> set[str]:
    return {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}


@pytest.fixture(scope="module")
def both():
    """Services reached by both windows, with what each gives them, and what their forms say they leave out."""
    api, screens = taken_by_the_api(), asked_on_screen()
    return {
        service: (api[service], *screens[service])
        for service in screens
        if service in api and screens[service][0]
    }


def accepted(service: Service, names: set[str]) -> set[str]:
    """Among these names, those the service has a use for."""
    known = inspect.signature(service).parameters
    takes_any = any(each.kind is inspect.Parameter.VAR_KEYWORD for each in known.values())
    return {name for name in names if takes_any or name in known} - OF_THE_SENDING


def excused(service: Service, name: str, table: dict[str, dict[str, str]]) -> bool:
    return name.startswith(tuple(table.get(service.__name__, ())))


def asked_only_by_forms(service: Service, api: set[str], forms: set[type[CalmForm]]) -> set[str]:
    asked = {name: set(form.typed_as.get(name, name).split()) for form in forms for name in drawn_by(form)}
    return {
        name for name in accepted(service, set(asked))
        if name not in api and not asked[name] <= api
    }  # fmt: skip


def taken_only_by_the_api(
    service: Service, api: set[str], forms: set[type[CalmForm]], given: set[str]
) -> set[str]:
    asked = {
        each
        for form in forms
        for name in drawn_by(form)
        for each in (name, *form.typed_as.get(name, name).split())
    }
    left_out = {name for form in forms for name in form.left_out}
    return accepted(service, api) - asked - given - left_out


def test_what_a_form_asks_is_taken_by_the_API(both):
    forgotten = {
        service.__name__: sorted(missing)
        for service, (api, forms, _) in both.items()
        if (
            missing := {
                name
                for name in asked_only_by_forms(service, api, forms)
                if not excused(service, name, FORMS_ONLY)
            }
        )
    }
    assert len(both) > 80, "the calls are no longer read: see `services_in`"
    assert forgotten == {}, (
        "add the field to the input of this service in <domain>/api, or give its shape there in `typed_as` of the form"
    )


def test_what_the_API_takes_is_asked_by_a_form(both):
    forgotten = {
        service.__name__: sorted(missing)
        for service, (api, forms, given) in both.items()
        if (
            missing := {
                name
                for name in taken_only_by_the_api(service, api, forms, given)
                if not excused(service, name, API_ONLY)
            }
        )
    }
    assert forgotten == {}, "give the form its field, or say in its `left_out` why nobody types it"


def test_what_one_window_alone_gives_is_still_so(both):
    alone = {
        service.__name__: (
            asked_only_by_forms(service, api, forms),
            taken_only_by_the_api(service, api, forms, given),
        )
        for service, (api, forms, given) in both.items()
    }
    stale = [
        (service, name)
        for side, table in enumerate((FORMS_ONLY, API_ONLY))
        for service, names in table.items()
        for name in names
        if not any(each.startswith(name) for each in alone.get(service, ((), ()))[side])
    ]
    assert stale == [], "both windows give it, or it is gone: take it out of FORMS_ONLY or API_ONLY"
