"""SEC-02, SEC-03, SEC-04 for the API: every address × method × role × relation, generated from the URL table."""

import json

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.access.policy import API_KINDS, API_ONES_OWN, API_PUBLIC_KNOWLEDGE, REACH
from tests.access.routes import every_route
from tests.access.world import RELATIONS, ROLES

pytestmark = pytest.mark.django_db
ROUTES = [route for route in every_route() if route.name.startswith("api:")]
UNSAFE = ("POST", "PATCH", "PUT", "DELETE")
DENIALS = {403, 404, 405}
# A denied request may also be refused for its shape, before its object is looked for: the same for an absent one.
SHAPES = {400, 415, 428}


def collection_of(route):
    """`api:job-proposals-ranking` is about job-proposals."""
    name = route.name.removeprefix("api:")
    known = sorted([*API_KINDS, *API_PUBLIC_KNOWLEDGE, *API_ONES_OWN], key=len, reverse=True)
    return next((each for each in known if name == each or name.startswith(f"{each}-")), None)


def methods_of(route):
    """The methods an address declares."""
    return sorted(method.upper() for method in route.view.actions if method not in {"head", "options"})


def ask(world, route, method, role, pk):
    """Status, body and number of queries; nothing is kept."""
    address = reverse(route.name, kwargs={"pk": pk} if route.captures else {})
    sid = transaction.savepoint()
    try:
        with CaptureQueriesContext(connection) as queries:
            answer = world.clients[role].generic(method, address, content_type="application/json")
        return answer.status_code, b"" if answer.streaming else answer.content, len(queries)
    finally:
        transaction.savepoint_rollback(sid)


def absent(world, route, method, role, kind):
    """What an object that does not exist answers, asked once."""
    key = route.name, method, role
    if key not in world.absents:
        world.absents[key] = ask(world, route, method, role, world.pk(kind, "absent"))
    return world.absents[key]


OBJECTS = [
    pytest.param(route, role, id=f"{route.name}-{role}")
    for route in ROUTES
    if route.captures and collection_of(route) in API_KINDS
    for role in ROLES
]


def test_every_api_address_belongs_to_a_known_collection():
    assert [route.name for route in ROUTES if collection_of(route) is None] == []


@pytest.mark.parametrize(("route", "role"), OBJECTS)
def test_SEC_03_an_object_is_found_by_whom_the_policy_says(world, route, role):
    wrong = {
        (method, relation): problem
        for method in methods_of(route)
        for relation in RELATIONS
        if (problem := why_wrong(world, route, method, role, relation))
    }
    assert wrong == {}


def why_wrong(world, route, method, role, relation):
    """Empty when the address answers as the policy says."""
    kind = API_KINDS[collection_of(route)]
    found = ask(world, route, method, role, world.pk(kind, relation))
    is_reading = route.name.endswith("-detail") and method == "GET"
    if relation in REACH[kind].get(role, frozenset()):
        if found[0] in {401, 500} or (is_reading and found[0] != 200):
            return f"{found[0]} where the policy opens"
        return ""
    if found[0] not in ({404} if is_reading else DENIALS | SHAPES):
        return f"{found[0]} where the policy closes"
    return "" if found == absent(world, route, method, role, kind) else "not the same as an absent object"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "route", [each for each in ROUTES if not each.captures], ids=lambda route: route.name
)
def test_a_collection_answers_everyone_signed_in_and_shows_only_their_own(world, route, role):
    status, body, _ = ask(world, route, "GET", role, None)
    assert status in {200, 400, 403, 404, 405}
    kind = API_KINDS.get(collection_of(route) or "")
    if status == 200 and kind:
        assert relations_shown_by(world, kind, body) == REACH[kind].get(role, frozenset())


def relations_shown_by(world, kind, body):
    """Which objects of the world are in the answer."""
    shown = {str(row["id"]) for row in json.loads(body)["results"]}
    return {relation for relation in RELATIONS if str(world.pk(kind, relation)) in shown}


@pytest.mark.parametrize("method", ["GET", *UNSAFE])
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_nothing_answers_without_signing_in(world, client, route, method):
    pk = world.pk(API_KINDS.get(collection_of(route), "competence"), "own")
    address = reverse(route.name, kwargs={"pk": pk} if route.captures else {})
    assert client.generic(method, address, content_type="application/json").status_code in {401, 405}
