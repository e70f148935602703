"""SEC-02, SEC-03, SEC-04 for the API: every address, read and written, × role × relation, generated from the URL table."""

import json

import pytest
from django.urls import reverse

from tests.access.answers import ask, last_line, nothing_kept
from tests.access.api_policy import API_KINDS, API_ONES_OWN, API_PUBLIC_KNOWLEDGE, API_WRITES
from tests.access.reach import REACH
from tests.access.routes import every_route
from tests.access.sent.api import BODIES
from tests.access.sent.readiness import READY
from tests.access.world import RELATIONS, ROLES, worth_asking
from tests.worlds.two_houses import stranger

pytestmark = pytest.mark.django_db
ROUTES = [route for route in every_route() if route.name.startswith("api:")]
UNSAFE = {"post", "patch", "put", "delete"}
# Another proof of the same gesture: what a person says of themselves is not what somebody saw.
SAME_ADDRESS = {"assessments declare": "assessments create"}
ONLY_ASKS = {"rules simulate"}
# Seen, and refused for another reason than the role.
OTHER_CODES = {
    "assessments undo": {"too_late"},
    "interviews partial_update": {"not_the_author"},
    "interviews cancel": {"not_the_author"},
}


def collection_of(route):
    """`api:job-proposals-ranking` is about job-proposals."""
    name = route.name.removeprefix("api:")
    known = sorted([*API_KINDS, *API_PUBLIC_KNOWLEDGE, *API_ONES_OWN], key=len, reverse=True)
    return next((each for each in known if name == each or name.startswith(f"{each}-")), None)


def actions_of(route, methods):
    """What an address does for these methods, by method."""
    return {
        method: action for method, action in getattr(route.view, "actions", {}).items() if method in methods
    }


WRITES = {
    f"{collection_of(route)} {action}": (route, method.upper())
    for route in ROUTES
    for method, action in actions_of(route, UNSAFE).items()
}
OBJECTS = [
    route
    for route in ROUTES
    if route.captures and collection_of(route) in API_KINDS and actions_of(route, {"get"})
]


def test_every_api_address_belongs_to_a_known_collection():
    assert [route.name for route in ROUTES if collection_of(route) is None] == []


def test_every_verb_says_who_may_write():
    assert set(WRITES) | set(SAME_ADDRESS) == set(API_WRITES) == set(BODIES), (
        "write who may in tests/access/api_policy.py, and what is sent in tests/access/sent/api.py"
    )


def address_of(world, route, kind, relation, role=None):
    return reverse(route.name, kwargs={"pk": world.pk(kind, relation, role)} if route.captures else {})


@pytest.mark.parametrize("route", OBJECTS, ids=lambda route: route.name)
def test_SEC_03_an_object_is_read_by_whom_the_policy_says(world, route):
    kind, wrong = API_KINDS[collection_of(route)], {}
    for role in ROLES:
        with nothing_kept():
            absent = ask(world.clients[role], "GET", address_of(world, route, kind, "absent", role))
        for relation in worth_asking(REACH[kind].get(role, ())):
            with nothing_kept():
                found = ask(world.clients[role], "GET", address_of(world, route, kind, relation, role))
            problem = why_wrongly_read(route, kind, role, relation, found, absent)
            if problem:
                wrong[role.value, relation] = problem
    assert wrong == {}


def why_wrongly_read(route, kind, role, relation, found, absent):
    """Empty when the address answers as the policy says."""
    if relation in REACH[kind].get(role, frozenset()):
        # What hangs from an object may be stricter than the object itself, or not there.
        fine = {200} if route.name.endswith("-detail") else {200, 403, 404}
        return "" if found.status in fine else f"{found.status} where the policy opens"
    if found.status != 404:
        return f"{found.status} where the policy closes"
    return "" if found.same == absent.same else "not the same as an absent object"


@pytest.mark.parametrize("verb", sorted(API_WRITES))
def test_SEC_03_a_verb_is_written_by_whom_the_policy_says(world, verb):
    write, wrong = API_WRITES[verb], {}
    for role in ROLES:
        absent = send(world, verb, role, "absent")
        for relation in asked_of(write, role):
            may = relation in write.reach[role] or (not write.about and bool(write.reach[role]))
            found = send(world, verb, role, relation, is_ready=may)
            if problem := why_wrongly_written(verb, role, relation, may, found, absent):
                wrong[role.value, relation] = problem
    assert wrong == {}


def asked_of(write, role):
    """The relations of the object that a verb is tried with; a verb about none is tried once."""
    return worth_asking({*REACH[write.about].get(role, ()), *write.reach[role]} if write.about else ())


def send(world, verb, role, relation, *, is_ready=False):
    """The verb with its body from this role's browser, with the version just read; nothing is kept."""
    route, method = WRITES[SAME_ADDRESS.get(verb, verb)]
    client, about = world.clients[role], API_WRITES[verb].about
    with nothing_kept():
        if is_ready and verb in READY:
            READY[verb](world, relation)
        if verb == "job-proposals ask":
            address = address_of(world, route, "proposal", "own", role)
        else:
            address = address_of(world, route, about, relation, role)
        row = address if route.name.endswith("-detail") else f"{address.rsplit('/', 2)[0]}/"
        headers = {"If-Match": etag_of(client, row) or '"none"'} if is_matched(route, method) else {}
        before = last_line()
        body = json.dumps(BODIES[verb](world, relation), default=str)
        found = ask(client, method, address, data=body, content_type="application/json", headers=headers)
        return found, last_line() > before


def is_matched(route, method):
    """Whether the verb itself asks for the version just read."""
    return getattr(route.view.cls, route.view.actions[method.lower()]).endpoint.is_matched


def etag_of(client, address):
    return ask(client, "GET", address).etag


def why_wrongly_written(verb, role, relation, may, sent, absent):
    """Empty when the verb is done, or refused without writing anything, as the policy says."""
    (found, leaves_a_line), write = sent, API_WRITES[verb]
    if may:
        done = 200 <= found.status < 300
        if not done:
            return f"{found.status} where it may: {found.content.decode()}"
        return "" if leaves_a_line or verb in ONLY_ASKS else "done without a line in the trail"
    if found.written or leaves_a_line:
        return f"refused, and wrote in {found.written}"
    if found.status == 403:
        code = json.loads(found.content)["code"]
        return "" if is_said(verb, code) else f"403 {code}"
    is_seen = write.about and relation in REACH[write.about].get(role, frozenset())
    is_of_a_collection = verb.endswith((" create", " declare", " ask"))
    if is_seen and not is_of_a_collection:
        return f"{found.status} where the row is seen and the verb is not theirs"
    if found.status not in ({400, 404} if is_of_a_collection else {404}):
        return f"{found.status} where the policy closes"
    return "" if found.same == absent[0].same else "not the same as an absent object"


def is_said(verb, code):
    """The refusal names the right and not the object."""
    return code.startswith(("not_yours", "cannot_")) or code in OTHER_CODES.get(verb, ())


@pytest.mark.parametrize(
    "route", [each for each in ROUTES if not each.captures], ids=lambda route: route.name
)
def test_a_collection_answers_everyone_signed_in_and_shows_only_their_own(world, route):
    kind = API_KINDS.get(collection_of(route) or "")
    for role in ROLES:
        with nothing_kept():
            found = ask(world.clients[role], "GET", reverse(route.name))
        assert found.status in {200, 400, 403, 404, 405}, role
        if found.status == 200 and kind:
            shown = relations_shown_by(world, kind, role, found.content)
            assert shown == REACH[kind].get(role, frozenset()), role


def relations_shown_by(world, kind, role, body):
    """Which objects of the world are in the answer."""
    shown = {str(row["id"]) for row in json.loads(body)["results"]}
    return {relation for relation in RELATIONS if str(world.pk(kind, relation, role)) in shown}


def test_nothing_answers_without_signing_in(world):
    nobody = stranger()
    for route in ROUTES:
        address = address_of(world, route, API_KINDS.get(collection_of(route), "competence"), "own")
        for method in ("GET", "POST", "PATCH", "PUT", "DELETE"):
            answer = nobody.generic(method, address, content_type="application/json")
            assert answer.status_code in {401, 405}, (route.name, method)
