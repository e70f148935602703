"""Every gesture of the screens and of the API with a canary in each text it takes, what is refused for its shape aside."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework import serializers

from backend.core.actor import Role
from backend.web.forms.meanwhile import ROW_SEEN
from tests.access.answers import _WRITES, nothing_kept
from tests.access.api_policy import API_WRITES
from tests.access.policy import WEB
from tests.access.sent.api import BODIES
from tests.access.sent.readiness import READY
from tests.access.test_api_access_matrix import (
    SAME_ADDRESS,
    WRITES,
    address_of,
    asked_of,
    etag_of,
    is_matched,
)
from tests.access.test_web_access_matrix import address_of as page_of
from tests.access.test_web_access_matrix import body_of
from tests.access.world import RELATIONS
from tests.attacks.canary.everywhere import Everywhere
from tests.attacks.canary.marks import mark

AGAIN = 4
"""How many times a gesture is sent, each time without what was refused before."""
SCREENS = sorted(name for name, page in WEB.items() if "POST" in page.methods)
_WRITTEN_IN = {"text", "email", "search", "tel", "url"}
_PRINT = re.compile(r"[0-9a-f]+")
VERBS = sorted(API_WRITES)
MORE: dict[str, dict[str, Any]] = {
    "web:follow_up_new": {"next_appointment_at": "2026-12-01T10:00"},
    "web:goal_edit": {"status": "ABANDONNE"},
    "web:relay_new": {"receiver": ""},
    "relays create": {"receiver": None},
}
"""What else must be said before a text is taken: the day of the meeting it is about, no structure beside an address."""


def by_screen(world: Any, name: str, found: Everywhere) -> list[int]:
    """Send a page as whoever may; the statuses met, the last one said first."""
    met: list[int] = []
    for role, relation in _who_may(name):
        met.insert(0, _sent_by_screen(world, name, role, relation, found))
        if met[0] in {200, 204, 302}:
            break
    return met


def once_by_screen(world: Any, name: str, found: Everywhere) -> int:
    """Send a page once, as the first who may, whatever comes back."""
    return _sent_by_screen(world, name, *next(_who_may(name)), found, times=1)


def _who_may(name: str) -> Iterator[tuple[Role, str]]:
    page = WEB[name]
    for role in sorted(page.roles):
        for relation in RELATIONS if page.kind else RELATIONS[:1]:
            if page.opens_for(role, relation) and page.writes_for(role, relation):
                yield role, relation
                break


def _sent_by_screen(
    world: Any, name: str, role: Role, relation: str, found: Everywhere, times: int = AGAIN
) -> int:
    client, address = world.clients[role], page_of(world, name, relation, role)
    with nothing_kept():
        READY.get(name, lambda *_: None)(world, relation)
        form = _opened(client, address) if "GET" in WEB[name].methods else None
        body = body_of(world, name, role, relation, form)
        body = {**body, **MORE.get(name, {})}
        body.pop(ROW_SEEN, None)
        texts = _texts_of(form) if form is not None else _texts_in(body)
        refused: set[str] = set()
        for _ in range(times):
            data = _renamed(body | {field: text for field, text in texts.items() if field not in refused})
            answer, written = _asked(client.post, address, data)
            found.look(f"{name} {answer.status_code}", answer, written)
            if answer.status_code < 400 or answer.status_code >= 500:
                break
            told = (answer.context or {}).get("form")
            if told is None:
                refused = set(texts)
                continue
            texts = _texts_of(told) | texts
            refused |= {told[each].html_name for each in told.errors if each in told.fields}
        if answer.status_code == 302 and answer.url.startswith("/"):
            found.look_at_answer(f"after {name}", client.get(answer.url))
    client.cookies.pop("messages", None)
    return answer.status_code


def _opened(client: Any, address: str) -> Any:
    context = client.get(address).context
    return context.get("form") if context else None


def _texts_of(form: Any) -> dict[str, str]:
    """A canary for each input where somebody writes."""
    if form is None:
        return {}
    return {
        bound.html_name: _typed(isinstance(bound.field, forms.EmailField), bound.field.max_length)
        for bound in form.visible_fields()
        if isinstance(bound.field, forms.CharField)
        and getattr(bound.field.widget, "input_type", "text") in _WRITTEN_IN
    }


def _texts_in(body: dict[str, Any]) -> dict[str, str]:
    """The same for a page without a form to open: what it is sent that reads like words."""
    return {
        name: _typed("@" in value, None)
        for name, value in body.items()
        if isinstance(value, str) and value[1:].islower() and not _PRINT.fullmatch(value)
    }


def _typed(is_address: bool, most: int | None) -> str:
    text = mark()
    if is_address:
        return f"{text.lower()}@example.org"
    return f"{text} d’essai"[:most] if most else f"{text} d’essai"


def _renamed(data: dict[str, Any]) -> dict[str, Any]:
    """A file that is sent carries one in its name."""
    for name, value in data.items():
        if isinstance(value, SimpleUploadedFile):
            value.seek(0)
            ending = value.name.rpartition(".")[2]
            data[name] = SimpleUploadedFile(f"{mark()}.{ending}", value.read(), value.content_type)
    return data


def by_api(world: Any, verb: str, found: Everywhere) -> list[int]:
    """Send a verb as whoever may; the statuses met, the last one said first."""
    met: list[int] = []
    write = API_WRITES[verb]
    for role in sorted(write.reach):
        for relation in asked_of(write, role):
            if relation in write.reach[role] or not write.about:
                met.insert(0, _sent_by_api(world, verb, role, relation, found))
                break
        if met and met[0] < 300:
            break
    return met


def _sent_by_api(world: Any, verb: str, role: Role, relation: str, found: Everywhere) -> int:
    route, method = WRITES[SAME_ADDRESS.get(verb, verb)]
    client, about = world.clients[role], API_WRITES[verb].about
    with nothing_kept():
        READY.get(verb, lambda *_: None)(world, relation)
        if verb == "job-proposals ask":
            address = address_of(world, route, "proposal", "own", role)
        else:
            address = address_of(world, route, about, relation, role)
        row = address if route.name.endswith("-detail") else f"{address.rsplit('/', 2)[0]}/"
        texts, refused = _texts_taken(route, method), set()
        body = {**BODIES[verb](world, relation), **MORE.get(verb, {})}
        for _ in range(AGAIN):
            headers = {"If-Match": etag_of(client, row) or '"none"'} if is_matched(route, method) else {}
            headers["Idempotency-Key"] = mark()
            data = json.dumps(body | {k: v for k, v in texts.items() if k not in refused}, default=str)
            send = getattr(client, method.lower())
            answer, written = _asked(send, address, data, content_type="application/json", headers=headers)
            found.look(f"{verb} {answer.status_code}", answer, written)
            wrong = _named_in(answer) & set(texts) - refused
            if not wrong:
                break
            refused |= wrong
    return answer.status_code


def _texts_taken(route: Any, method: str) -> dict[str, str]:
    takes = getattr(route.view.cls, route.view.actions[method.lower()]).endpoint.takes
    if takes is None:
        return {}
    return {
        name: _typed(isinstance(each, serializers.EmailField), each.max_length)
        for name, each in takes().fields.items()
        if isinstance(each, serializers.CharField) and not each.read_only
    }


def _named_in(answer: Any) -> set[str]:
    """The fields that an answer refuses."""
    if answer.status_code < 400 or not answer.headers.get("Content-Type", "").startswith("application/json"):
        return set()
    said = answer.json()
    named = (
        {str(said.get("field") or "")}
        | set(said)
        | {str(each.get("field") or "") for each in said.get("errors") or () if isinstance(each, dict)}
    )
    return {name.split(".")[0] for name in named if name}


def _asked(send: Any, address: str, data: Any, **options: Any) -> tuple[Any, set[str]]:
    """The answer, and the tables that the gesture wrote in."""
    with CaptureQueriesContext(connection) as queries:
        answer = send(address, data, **options)
    return answer, {found[1] for each in queries if (found := _WRITES.match(each["sql"]))}
