"""Whatever is sent, wherever, by whoever: never a failure, never the name of somebody else.

The suite sends a few hundred requests from one seed. All of them, as long as one wants:
`PASSERELLES_HOSTILE=20000 python -m pytest tests/access/hostile_input/test_hostile_requests.py`.
"""

from __future__ import annotations

import os

import pytest

from tests.access.answers import nothing_kept
from tests.access.hostile import draw, names_of_others
from tests.access.hostile_input.test_nothing_typed_breaks_a_page import FORMS, opened
from tests.access.world import ROLES

pytestmark = pytest.mark.django_db
COUNT = int(os.environ.get("PASSERELLES_HOSTILE", "480"))
SEED = int(os.environ.get("PASSERELLES_HOSTILE_SEED", "26"))
BATCHES = 6


@pytest.fixture(scope="module")
def inputs(world, django_db_blocker):
    """The names each page's own form reads."""
    with django_db_blocker.unblock():
        forms = {name: opened(world, name)[1] for name in FORMS}
    return {name: [bound.html_name for bound in form] for name, form in forms.items() if form is not None}


def answered(world, sent):
    """Its status and its text; the browser is left as it was."""
    client = world.clients[sent.role]
    cookies = client.cookies.output()
    before = {name: morsel.value for name, morsel in client.cookies.items()}
    client.raise_request_exception = False
    try:
        with nothing_kept():
            answer = client.generic(
                sent.method, sent.address, sent.body, content_type=sent.content_type, **sent.headers
            )
            text = b"".join(answer.streaming_content) if answer.streaming else answer.content
            why = repr(answer.exc_info[1]) if getattr(answer, "exc_info", None) else ""
            return answer.status_code, text.decode(errors="replace"), why
    finally:
        client.raise_request_exception = True
        if client.cookies.output() != cookies:
            client.cookies.clear()
            for name, value in before.items():
                client.cookies[name] = value


def why_wrong(world, sent):
    """Empty when it is refused, or answered with nothing that is somebody else's."""
    status, text, why = answered(world, sent)
    if status >= 500:
        return f"{status} {why}"
    told = text.lower()
    return ", ".join(sorted(name for name in names_of_others(sent.role) if name in told))


@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_request_breaks_anything_nor_names_anybody_else(world, inputs, batch):
    """SEC-31."""
    drawn = draw(world, inputs, seed=SEED + batch, count=COUNT // BATCHES)
    wrong = [f"{problem} <- {sent}" for sent in drawn if (problem := why_wrong(world, sent))]
    assert not wrong, "\n".join(wrong[:20])


def test_somebody_else_would_be_named(world, inputs):
    """The net holds: a role that reads a person is one whose answers do name that person."""
    for role in ROLES:
        assert names_of_others(role)
        page = world.clients[role].get("/personnes/").content.decode().lower()
        assert not any(name in page for name in names_of_others(role))
    manager = next(role for role in ROLES if role.value.upper() == "MANAGER")
    assert "fictive own" in world.clients[manager].get("/personnes/").content.decode().lower()
