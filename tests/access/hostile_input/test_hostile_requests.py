"""Whatever is sent, wherever, by whoever: never a failure, never the name of somebody else, nothing moved that is not theirs.

The suite sends a few hundred requests from one seed; `make attacks` sends twenty thousand. As many as one wants, from
another seed: `PASSERELLES_HOSTILE=20000 PASSERELLES_HOSTILE_SEED=7 python -m tests.attacks requests`.
"""

from __future__ import annotations

import os

import pytest

from tests.access.answers import nothing_kept
from tests.access.hostile import draw, names_of_others
from tests.access.hostile_input.moved import Base, writes_seen
from tests.access.hostile_input.test_nothing_typed_breaks_a_page import FORMS, filled, opened
from tests.access.sent.api import BODIES
from tests.access.sent.screens import SHEETS
from tests.access.test_api_access_matrix import WRITES
from tests.access.world import ROLES

pytestmark = pytest.mark.django_db
COUNT = int(os.environ.get("PASSERELLES_HOSTILE", "480"))
SEED = int(os.environ.get("PASSERELLES_HOSTILE_SEED", "26"))
BATCHES = 6


@pytest.fixture(scope="module")
def bodies(world, django_db_blocker):
    """What is sent in earnest: what each page's own form holds and its gesture adds, what each verb of the API takes."""
    with django_db_blocker.unblock(), nothing_kept():
        told = {}
        for name in SHEETS:
            form = opened(world, name)[1] if name in FORMS else None
            held = dict.fromkeys((bound.html_name for bound in form), "") | filled(form) if form else {}
            told[name, "POST"] = held | SHEETS[name](world, "own")
        for verb, (route, method) in WRITES.items():
            told[route.name, method] = BODIES[verb](world, "own")
    return told


@pytest.fixture(scope="module")
def base(world, django_db_blocker):
    """The base as the world was built."""
    with django_db_blocker.unblock():
        return Base(world)


def answered(world, base, sent):
    """Its status, its text, and what it moved; the browser and the base are left as they were."""
    client = world.clients[sent.role]
    cookies = client.cookies.output()
    before = {name: morsel.value for name, morsel in client.cookies.items()}
    client.raise_request_exception = False
    try:
        with nothing_kept(), writes_seen() as writes:
            answer = client.generic(
                sent.method, sent.address, sent.body, content_type=sent.content_type, **sent.headers
            )
            text = b"".join(answer.streaming_content) if answer.streaming else answer.content
            why = repr(answer.exc_info[1]) if getattr(answer, "exc_info", None) else ""
            moved = base.moved(answer.status_code) if writes else set()
            return answer.status_code, text.decode(errors="replace"), why, moved
    finally:
        client.raise_request_exception = True
        if client.cookies.output() != cookies:
            client.cookies.clear()
            for name, value in before.items():
                client.cookies[name] = value


def why_wrong(world, base, sent):
    """Empty when it is refused and moves nothing, or answered with nothing that is somebody else's."""
    status, text, why, moved = answered(world, base, sent)
    if status >= 500:
        return f"{status} {why}"
    told, typed = text.lower(), sent.typed.lower()  # what was typed is given back to who typed it
    named = {name for name in names_of_others(sent.role) if name in told and name not in typed}
    return ", ".join(sorted(named | moved))


@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_request_breaks_names_or_moves_what_is_not_theirs(world, bodies, base, batch):
    """SEC-31."""
    drawn = draw(world, bodies, seed=SEED + batch, count=-(-COUNT // BATCHES))
    wrong = [f"{problem} <- {sent}" for sent in drawn if (problem := why_wrong(world, base, sent))]
    assert not wrong, "\n".join(wrong[:20])


def test_somebody_else_would_be_named(world):
    """The net holds: a role that reads a person is one whose answers do name that person."""
    for role in ROLES:
        assert names_of_others(role)
        page = world.clients[role].get("/personnes/").content.decode().lower()
        assert not any(name in page for name in names_of_others(role))
    manager = next(role for role in ROLES if role.value.upper() == "MANAGER")
    assert "fictive own" in world.clients[manager].get("/personnes/").content.decode().lower()


def test_what_moves_would_be_seen(world, base):
    """The net holds: a name changed is seen behind a refusal, and elsewhere behind any answer."""
    for relation, seen in (("own", {400}), ("elsewhere", {200, 400})):
        with nothing_kept():
            person = world.objects["person"][relation]
            type(person).objects.filter(pk=person.pk).update(first_name="Autrement")
            assert {status for status in (200, 400) if base.moved(status)} == seen
    assert base.moved(400) == set()


def test_forms_of_pages_are_many_and_some_of_what_is_sent_goes_through(world, bodies, base):
    """A request that the first field stops tries nothing behind it: some really write, on what is their own."""
    drawn = list(draw(world, bodies, seed=SEED, count=3000))
    forms = [sent for sent in drawn if sent.method == "POST" and not sent.address.startswith("/api/")]
    assert len(forms) > len(drawn) / 8
    assert any(written_by(world, sent) for sent in forms)


def written_by(world, sent):
    """Whether it is accepted, and really writes."""
    with nothing_kept(), writes_seen() as writes:
        answer = world.clients[sent.role].generic(
            sent.method, sent.address, sent.body, content_type=sent.content_type, **sent.headers
        )
        return bool(writes) and answer.status_code < 400
