"""SEC-02, SEC-03, SEC-04: every page × method × role × relation, generated from the URL table."""

import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.access.policy import OUTSIDE, WEB
from tests.access.routes import every_route
from tests.access.world import RELATIONS, ROLES

pytestmark = pytest.mark.django_db
SAFE = {"GET", "HEAD"}
FOUND = {200, 204, 302, 400, 403, 409, 422}
NEVER_THE_SAME = re.compile(
    rb'(csrfmiddlewaretoken" value="|nonce="|X-CSRFToken": ")[^"]+|data-form-id="[^"]+"'
)


def ask(world, name, page, method, role, relation):
    """The answer, its body without one-time values, and how many queries it took; nothing is kept."""
    kwargs = {"pk": world.pk(page.kind, relation)} if page.kind else {}
    address = reverse(name, kwargs={**kwargs, **world.captured(page)})
    sid = transaction.savepoint()
    try:
        with CaptureQueriesContext(connection) as queries:
            answer = world.clients[role].generic(method, address)
        return answer.status_code, NEVER_THE_SAME.sub(b"", answer.content), len(queries)
    finally:
        transaction.savepoint_rollback(sid)
        world.clients[role].cookies.pop(
            "messages", None
        )  # a notice waits in a cookie, which nothing rolls back


def absent(world, name, page, method, role):
    """What an object that does not exist answers, asked once per page, method and role."""
    key = name, method, role
    if key not in world.absents:
        world.absents[key] = ask(world, name, page, method, role, "absent")
    return world.absents[key]


def cases():
    for name, page in sorted(WEB.items()):
        for role in ROLES:
            yield pytest.param(name, page, role, id=f"{name}-{role}")


def test_every_route_is_in_the_policy():
    pages = {route.name for route in every_route() if not route.name.startswith("api:")}
    assert pages - set(WEB) - OUTSIDE - {"None"} == set(), (
        "write who may open these pages in tests/access/policy.py"
    )
    assert set(WEB) | OUTSIDE <= pages | {"None"}, "the policy names pages that no longer exist"


@pytest.mark.parametrize(("name", "page", "role"), list(cases()))
def test_SEC_03_a_page_opens_to_whom_the_policy_says(world, name, page, role):
    wrong = {
        (method, relation): problem
        for method in page.methods
        for relation in (RELATIONS if page.kind else ("own",))
        if (problem := why_wrong(world, name, page, method, role, relation))
    }
    assert wrong == {}


def why_wrong(world, name, page, method, role, relation):
    """Empty when the page answers as the policy says."""
    found = ask(world, name, page, method, role, relation)
    if page.opens_for(role, relation):
        fine = {200, 302, 403} if method in SAFE else FOUND
        return "" if found[0] in fine else f"{found[0]} where the policy opens the page"
    if found[0] != 404:
        return f"{found[0]} where the policy closes the page"
    same = not page.kind or found == absent(world, name, page, method, role)
    return "" if same else "not the same as an absent object"


@pytest.mark.parametrize("name", sorted(WEB))
def test_nobody_enters_without_signing_in(world, client, name):
    page = WEB[name]
    kwargs = {"pk": world.pk(page.kind, "own")} if page.kind else {}
    for method in page.methods:
        answer = client.generic(method, reverse(name, kwargs={**kwargs, **world.captured(page)}))
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", sorted(WEB))
def test_a_page_answers_only_the_methods_it_declares(world, name):
    page = WEB[name]
    role = sorted(page.roles)[0]
    for method in {"GET", "POST", "PUT", "DELETE"} - set(page.methods):
        status, *_ = ask(world, name, page, method, role, "own")
        assert status in {404, 405}
