"""SEC-05, SEC-08: whatever a body names that is not ours, or sets that is not to be set, is refused and writes nothing.

Derived from the addresses and their serializers: a new verb or a new field is attacked without a line here. The suite
tries one role of each verb; every role: `make attacks`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from rest_framework.relations import ManyRelatedField

from backend.core.api.serializers import ScopedField
from tests.access.answers import ask, last_line, nothing_kept
from tests.access.api_policy import API_WRITES
from tests.access.sent.api import BODIES
from tests.access.sent.readiness import READY
from tests.access.test_api_access_matrix import SAME_ADDRESS, WRITES, address_of, etag_of, is_matched
from tests.access.world import ROLES, WHOLE, World

pytestmark = pytest.mark.django_db
ABSENT = 987_654_321
NEVER_SET = (
    "id", "pk", "version", "created_at", "updated_at", "user", "user_id", "author", "author_id", "seat", "role", "is_staff",
    "is_superuser", "is_active", "organisation_id", "group_id", "beneficiary_id", "external_id", "granted_at", "decided_at",
    "withdrawn_at", "closed_at", "expires_at", "approved_by", "sealed_key", "__class__", "pk__in", "",
)  # fmt: skip

SHARED = {"Certification": "/api/v1/certifications/{}/"}
"""Knowledge that everybody reads on purpose, where: naming a row of others gives nothing away, it may be pointed to."""
CORRECTED_BY_ITS_STRUCTURE = {("blocs create", "certification")}
"""Fields that name such knowledge to add to it: only the structure that typed it may."""


def takes_of(verb: str) -> Any:
    """The serializer of its body; None when it has none."""
    route, method = WRITES[SAME_ADDRESS.get(verb, verb)]
    return getattr(route.view.cls, route.view.actions[method.lower()]).endpoint.takes


def named_by(verb: str) -> Iterator[tuple[str, ScopedField, bool]]:
    """The fields of a body that name a row: name, field, and whether it names several."""
    takes = takes_of(verb)
    for name, field in (takes().fields if takes else {}).items():
        inner = field.child_relation if isinstance(field, ManyRelatedField) else field
        if isinstance(inner, ScopedField) and not field.read_only:
            yield name, inner, inner is not field


NAMING = [
    (verb, name, field.model, many) for verb in sorted(API_WRITES) for name, field, many in named_by(verb)
]
NOT_SHARED = [each for each in NAMING if each[2].__name__ not in SHARED]


def elsewhere(world: World, model: Any) -> int | None:
    """A row of this table that is nobody's here."""
    for rows in world.objects.values():
        row = rows.get("elsewhere")
        if type(row) is model:
            return row.pk
    return None


def sent(world: World, verb: str, role: Any, change: dict[str, Any]) -> tuple[Any, bool]:
    """The verb with its own body, changed; what came back, and whether the trail grew. Nothing is kept."""
    route, method = WRITES[SAME_ADDRESS.get(verb, verb)]
    client, about = world.clients[role], API_WRITES[verb].about
    with nothing_kept():
        if verb in READY:
            READY[verb](world, "own")
        kind = "proposal" if verb == "job-proposals ask" else about
        address = address_of(world, route, kind, "own", role)
        row = address if route.name.endswith("-detail") else f"{address.rsplit('/', 2)[0]}/"
        headers = {"If-Match": etag_of(client, row) or '"none"'} if is_matched(route, method) else {}
        before = last_line()
        body = json.dumps({**BODIES[verb](world, "own"), **change}, default=str)
        answer = ask(client, method, address, data=body, content_type="application/json", headers=headers)
        return answer, last_line() > before


def writers(verb: str) -> list[Any]:
    """The roles that may do it on what is their own."""
    write = API_WRITES[verb]
    found = [role for role in ROLES if ("own" in write.reach[role] if write.about else write.reach[role])]
    return found if WHOLE else found[:1]


@pytest.mark.parametrize(
    ("verb", "name", "model", "many"), NOT_SHARED, ids=lambda each: getattr(each, "__name__", str(each))
)
def test_a_row_of_others_in_a_body_is_one_that_does_not_exist(world, verb, name, model, many):
    foreign, wrong = elsewhere(world, model), {}
    if foreign is None:  # tables that everybody reads
        assert model.__name__ in {"Competence", "User", "Group", "Establishment", "Membership"}, model
        return
    for role in writers(verb):
        answers = []
        for number in (foreign, ABSENT):
            answer, leaves_a_line = sent(world, verb, role, {name: [number] if many else number})
            answers.append(answer.content)
            if answer.status not in {400, 403, 404} or answer.written or leaves_a_line:
                wrong[role.value] = (answer.status, answer.written)
        if answers[0] != answers[1]:
            wrong[role.value] = "told apart from an absent one"
    assert wrong == {}


@pytest.mark.parametrize(
    ("verb", "name", "model"),
    [(verb, name, model) for verb, name, model, _ in NAMING if model.__name__ in SHARED],
    ids=lambda each: getattr(each, "__name__", str(each)),
)
def test_shared_knowledge_of_others_is_pointed_to_and_never_added_to(world, verb, name, model):
    foreign = elsewhere(world, model)
    for role in writers(verb):
        assert ask(world.clients[role], "GET", SHARED[model.__name__].format(foreign)).status == 200
        absent, leaves_a_line = sent(world, verb, role, {name: ABSENT})
        assert (absent.status, absent.written, leaves_a_line) == (400, (), False)
        answer, leaves_a_line = sent(world, verb, role, {name: foreign})
        if (verb, name) in CORRECTED_BY_ITS_STRUCTURE:
            assert (answer.status, answer.written, leaves_a_line) == (403, (), False)
        else:
            assert answer.status in {200, 201}


@pytest.mark.parametrize("verb", sorted(verb for verb in API_WRITES if takes_of(verb) is not None))
def test_what_no_body_may_set_is_refused(world, verb):
    declared = {name for name, field in takes_of(verb)().fields.items() if not field.read_only}
    for role in writers(verb):
        answer, leaves_a_line = sent(world, verb, role, dict.fromkeys(sorted(set(NEVER_SET) - declared), 1))
        assert answer.status == 400, (role, answer.status)
        assert not answer.written
        assert not leaves_a_line
        told = {
            error["field"]
            for error in json.loads(answer.content)["errors"]
            if error["code"] == "unknown_field"
        }
        assert told == {name or "(vide)" for name in set(NEVER_SET) - declared}


def test_bodies_that_name_rows_are_found():
    assert len(NAMING) > 40
