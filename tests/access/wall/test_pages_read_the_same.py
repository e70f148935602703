"""SEC-15: behind the second wall, whoever may read a page reads exactly what they read without it."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from backend.web import counts
from reports.exits import kept
from tests.access.answers import NEVER_THE_SAME, nothing_kept
from tests.access.policy import WEB
from tests.access.reach import REACH
from tests.access.routes import every_route
from tests.access.test_api_access_matrix import API_KINDS, OBJECTS, collection_of
from tests.access.test_web_access_matrix import address_of
from tests.access.world import ROLES

pytestmark = pytest.mark.django_db
SERVES_ONCE = re.compile(rb'name="form_id" value="[^"]+"')
READ = sorted(name for name, page in WEB.items() if "GET" in page.methods)
LISTS = [
    route.name
    for route in every_route()
    if route.name.startswith("api:") and not route.captures and "get" in getattr(route.view, "actions", {})
]


FARTHEST = ("elsewhere", "same_group", "same_structure", "own")


def addresses(world, role):
    """Every page this role opens and every address of the API it reads, on the farthest object that it reaches."""
    for name in READ:
        page = WEB[name]
        farthest = next((each for each in FARTHEST if page.opens_for(role, each)), None)
        if farthest:
            yield address_of(world, name, farthest, role)
    for name in LISTS:
        yield reverse(name)
    for route in OBJECTS:
        kind = API_KINDS[collection_of(route)]
        farthest = next((each for each in FARTHEST if each in REACH[kind].get(role, ())), None)
        if farthest:
            yield reverse(route.name, kwargs={"pk": world.pk(kind, farthest, role)})


def read(client, address):
    """What came back, without what is drawn for each page; nothing is kept, by the process either."""
    kept.forget()
    counts.forget()
    with nothing_kept():
        answer = client.get(address)
        client.cookies.pop("messages", None)  # a notice waits in a cookie, which nothing rolls back
        content = b"".join(answer)
        said = b"" if content.startswith(b"PK") else SERVES_ONCE.sub(b"", NEVER_THE_SAME.sub(b"", content))
        return answer.status_code, said


@pytest.mark.parametrize("role", ROLES)
def test_SEC_15_pages_and_api_answer_the_same_with_and_without_the_wall(wall, walled_world, role):
    client, different, seen = walled_world.clients[role], {}, 0
    for address in addresses(walled_world, role):
        behind = read(client, address)
        with wall.aside():
            without = read(client, address)
        seen += 1
        if behind != without:
            different[address] = (behind[0], without[0], len(behind[1]), len(without[1]))
    assert different == {}
    assert seen > 50
