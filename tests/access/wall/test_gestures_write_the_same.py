"""SEC-15: behind the second wall, every gesture of every role is accepted, refused and written as it is without it."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

import pytest
from django.db import connection

from backend.audit.models import Entry
from backend.core.pages import pace
from backend.core.wall.gates import Gate
from backend.core.wall.reach import lifted
from backend.web import counts
from backend.web.forms.meanwhile import ROW_SEEN
from reports.exits import kept
from tests.access.answers import ask, last_line, nothing_kept
from tests.access.policy import WEB
from tests.access.sent.readiness import READY
from tests.access.test_web_access_matrix import address_of, body_of
from tests.access.wall.test_pages_read_the_same import FARTHEST, SERVES_ONCE
from tests.access.world import ROLES

pytestmark = pytest.mark.django_db
SENT = sorted(name for name, page in WEB.items() if "POST" in page.methods)
_DRAWN = re.compile(rb"[0-9a-f]{8}-?[0-9a-f-]{24,27}|/invitation/[^<\"]+|\d+")
"""What is drawn; and the numbers given by the base, which go on even where nothing is kept: no row has twice the same."""


@dataclass(frozen=True)
class Done:
    """What a gesture gave: its answer, the tables it wrote in, what the trail says of it."""

    status: int
    content: bytes
    written: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]


def done(world, name, role, relation):
    """Send it as the browser does; nothing is kept, by the process either."""
    kept.forget()
    counts.forget()
    pace.forget()
    connection.queries_log.clear()  # it holds nine thousand
    client, page = world.clients[role], WEB[name]
    with nothing_kept():
        with lifted(Gate.COMMAND):  # what the suite itself looks for
            address = address_of(world, name, relation, role)
        form = ask(client, "GET", address).form if "GET" in page.methods else None
        with lifted(Gate.COMMAND):
            is_prepared = page.writes_for(role, relation) and name in READY
            if is_prepared:
                READY[name](world, relation)
            body = body_of(world, name, role, relation, form)
            if is_prepared:  # the row is no longer as the form was opened on it
                body.pop(ROW_SEEN, None)
            before = last_line()
        found = ask(client, "POST", address, data=body)
        with lifted(Gate.COMMAND):
            lines = tuple(
                Entry.objects.filter(pk__gt=before).order_by("pk").values_list("action", "subject_kind")
            )
        said = (
            b"" if found.content.startswith(b"PK") else _DRAWN.sub(b"0", SERVES_ONCE.sub(b"", found.content))
        )
        return Done(found.status, said, found.written, lines)


def relation_of(name, role):
    """The farthest object on which this gesture succeeds, else the farthest that it reaches."""
    page = WEB[name]
    reached = [each for each in FARTHEST if page.opens_for(role, each)]
    return next((each for each in reached if page.writes_for(role, each)), next(iter(reached), None))


@pytest.mark.parametrize("role", ROLES)
def test_SEC_15_gestures_are_done_the_same_with_and_without_the_wall(wall, walled_world, role):
    different, written = {}, 0
    for name in SENT:
        relation = relation_of(name, role)
        if relation is None:
            continue
        behind = done(walled_world, name, role, relation)
        with wall.aside():
            without = done(walled_world, name, role, relation)
        written += bool(behind.lines)
        if behind != without:
            different[name] = {
                field.name: (getattr(behind, field.name), getattr(without, field.name))
                for field in fields(Done)
                if getattr(behind, field.name) != getattr(without, field.name) and field.name != "content"
            } or "not the same page"
    assert different == {}
    assert written > 0
