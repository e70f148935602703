"""Whatever date is stored, every reading page and every list still answers.

Who reads changes from scene to scene: each page is opened in every scene, by each of its roles in turn, and each role
reads every list in one of them.
"""

from __future__ import annotations

import html
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.urls import reverse

from backend.core.actor import Role
from backend.core.sealing.encryption import UNREADABLE
from pathways.models import Interview, PrivateNote, WatchEnd
from tests.access.api_policy import API_KINDS
from tests.access.policy import WEB
from tests.access.routes import every_route
from tests.access.world import ROLES

pytestmark = pytest.mark.django_db
DOMAINS = ("pathways", "competences", "employers")
FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)
FIRST_INSTANT, LAST_INSTANT = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 31, 12, tzinfo=UTC)
ENDS = ("end", "expires", "due", "trial", "until")


def is_an_end(field):
    return any(word in field.name for word in ENDS)


def extreme(field, first):
    """The edge of Python's calendar in this column; a month stays a first day."""
    if isinstance(field, models.DateTimeField):
        return FIRST_INSTANT if first else LAST_INSTANT
    day = FIRST if first else LAST
    return day.replace(day=1) if field.name == "month" else day


SCENES = {
    "everything_at_the_last_day": lambda field: extreme(field, False),
    "from_the_first_day_to_the_last": lambda field: extreme(field, not is_an_end(field)),
    "only_ends_at_the_last_day": lambda field: extreme(field, False) if is_an_end(field) else None,
}


def columns_of(model):
    return [
        field
        for field in model._meta.fields
        if isinstance(field, models.DateField)
        and not field.name.startswith(("created_at", "joined_at", "asked_at"))
        and model._meta.model_name not in {"beneficiaryaccess", "employeraccess"}
    ]


def store(scene):
    """Write the extremes straight into the base, row by row, wherever its own constraints allow; how many."""
    written = 0
    for model in apps.get_models():
        if model._meta.app_label not in DOMAINS:
            continue
        for field in columns_of(model):
            value = scene(field)
            for row in model._base_manager.values_list("pk", flat=True) if value else ():
                try:
                    with transaction.atomic():
                        written += model._base_manager.filter(pk=row).update(**{field.name: value})
                except IntegrityError:
                    continue
    return written


@pytest.fixture(params=SCENES)
def scene(request, world, db):
    """The place of the scene among them."""
    sid = transaction.savepoint()
    assert store(SCENES[request.param]) > 40
    yield list(SCENES).index(request.param)
    transaction.savepoint_rollback(sid)


def pages(world, scene):
    for rank, (name, page) in enumerate(WEB.items()):
        if "GET" not in page.methods:
            continue
        kwargs = {"pk": world.pk(page.kind, "own")} if page.kind else {}
        readers = sorted(page.roles)
        yield (
            readers[(rank + scene) % len(readers)],
            reverse(name, kwargs={**kwargs, **world.captured(page)}),
        )


def lists(world, scene):
    for route in every_route():
        if not route.name.startswith("api:") or "get" not in getattr(route.view, "actions", {}):
            continue
        kind = API_KINDS.get(route.name.removeprefix("api:").rpartition("-")[0])
        if route.captures and kind is None:
            continue
        address = reverse(route.name, kwargs={"pk": world.pk(kind, "own")} if route.captures else {})
        yield from ((role, address) for role in ROLES[scene :: len(SCENES)])


def broken(world, found):
    """Which of these addresses fail; the first error of each is enough."""
    failures = {}
    for role, address in found:
        client = world.clients[role]
        client.raise_request_exception = False
        try:
            answer = client.get(address)
            if answer.status_code >= 500:
                failures[address] = repr(answer.exc_info[1]) if answer.exc_info else answer.status_code
        except Exception as error:  # noqa: BLE001 - a page that streams fails outside the handler
            failures[address] = repr(error)
        finally:
            client.raise_request_exception = True
    return failures


def test_every_page_opens(world, scene):
    assert broken(world, pages(world, scene)) == {}


def test_every_list_of_the_API_answers(world, scene):
    assert broken(world, lists(world, scene)) == {}


@pytest.fixture
def without_the_key(world, db, settings):
    """What was sealed was sealed with a key that is not given any more; there is something sealed to see."""
    for model, column in ((Interview, "synthesis"), (PrivateNote, "text"), (WatchEnd, "note")):
        model.objects.filter(**{column: ""}).update(**{column: "Parole confidentielle"})
        assert model.objects.exists()
    settings.FIELD_KEYS = ["une autre clé, tirée pour ce test"]


def test_every_page_and_list_answers_when_the_key_of_texts_is_lost(world, without_the_key):
    """A text is shown as unreadable; what is made of a code says, whole, that the key is missing (decision 0088)."""
    person = world.clients[Role.ADVISOR].get(reverse("web:person", args=[world.pk("person", "own")]))
    assert UNREADABLE in person.content.decode()
    found = [*pages(world, 0), *lists(world, 0)]
    failures = broken(world, found)
    told = {
        address: why for address, why in failures.items() if "Undecipherable" not in str(why) and why != 503
    }
    assert told == {}
    assert len(failures) < len(found) / 10
    for role, address in found:
        if address in failures:
            status, words = said_without_raising(world.clients[role], address)
            assert status < 500 or (status == 503 and UNREADABLE in words), address


def said_without_raising(client, address):
    client.raise_request_exception = False
    try:
        answer = client.get(address)
        return answer.status_code, html.unescape(answer.content.decode())
    finally:
        client.raise_request_exception = True
