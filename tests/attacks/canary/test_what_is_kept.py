"""SEC-39: a canary in every personal text that is kept, another for each row: every role opens every page and every list.

Each role finds those of the rows it may read, and no other, anywhere.
"""

from __future__ import annotations

from contextlib import suppress
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from backend.organisations import seats
from pathways.models import Beneficiary, Relay
from tests.access.answers import nothing_kept
from tests.access.api_policy import API_KINDS
from tests.access.policy import WEB
from tests.access.routes import every_route
from tests.access.world import RELATIONS, ROLES
from tests.attacks.canary.marks import NOT_TYPED, in_text, mark, personal_texts

pytestmark = pytest.mark.django_db


def scoped_models():
    """The tables of people that say which rows somebody reads."""
    return [model for model in apps.get_models() if hasattr(model._default_manager.all(), "visible_to")]


@pytest.fixture(scope="module")
def planted(world, django_db_blocker):
    """Mark → the table and the row that hold it, for the whole module; all is undone after."""
    found, columns = {}, personal_texts()
    with django_db_blocker.unblock(), nothing_kept():
        for model in scoped_models():
            table = model._meta.db_table
            names = [each.name for (name, _), each in columns.items() if name == table]
            names = [name for name in names if (table, model._meta.get_field(name).column) not in NOT_TYPED]
            for pk in model._base_manager.values_list("pk", flat=True) if names else ():
                for name in names:
                    text = mark()
                    try:
                        with transaction.atomic():
                            model._base_manager.filter(pk=pk).update(**{name: text})
                    except IntegrityError:
                        continue  # the base itself refuses a word there for this row
                    found[text] = (model, pk)
        yield found


def readable(world, role, planted):
    """The marks of the rows that this role may read, and of whoever gives their identity in a relay to it."""
    seat = world.seats[role]
    actor = seats.actor_again(seat.user, seat.seat_key)
    rows = {
        model: set(model._default_manager.all().visible_to(actor).values_list("pk", flat=True))
        for model in {model for model, _ in planted.values()}
    }
    # What each relay gives, part by part: tests/pathways/services/relays/test_nothing_leaks.py.
    rows[Beneficiary] |= set(Relay.objects.visible_to(actor).values_list("beneficiary_id", flat=True))
    return {text for text, (model, pk) in planted.items() if pk in rows[model]}


def addresses(world, role):
    """Every page of this role about each object, those of others included, and every list and row of the API."""
    for name, page in WEB.items():
        if "GET" in page.methods and role in page.roles:
            for relation in RELATIONS if page.kind else RELATIONS[:1]:
                kwargs = {"pk": world.pk(page.kind, relation, role)} if page.kind else {}
                yield reverse(name, kwargs={**kwargs, **world.captured(page)})
    for route in every_route():
        if not route.name.startswith("api:") or "get" not in getattr(route.view, "actions", {}):
            continue
        kind = API_KINDS.get(route.name.removeprefix("api:").rpartition("-")[0])
        if not route.captures:
            yield reverse(route.name)
        elif kind is not None:
            yield from (reverse(route.name, kwargs={"pk": world.pk(kind, each, role)}) for each in RELATIONS)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_finds_what_it_may_read_and_nothing_else(world, planted, role):
    allowed, wrong, seen = readable(world, role, planted), {}, set()
    for address in addresses(world, role):
        answer = world.clients[role].get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        found = in_text(content.decode(errors="replace"))
        seen |= found
        if beyond := {planted[text][0].__name__ for text in found - allowed if text in planted}:
            wrong[address] = beyond
    assert wrong == {}
    assert bool(seen) is bool(allowed), "a role that may read finds something, or this proves nothing"


def test_what_an_operator_is_told_names_nobody(planted, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # where the diagnosis is written
    said = StringIO()
    for command in ("diagnose", "outbox"):
        with suppress(SystemExit):
            call_command(command, stdout=said, stderr=said)
    written = [path.read_text() for path in tmp_path.iterdir()]
    assert written, "the diagnosis is read too"
    assert in_text([said.getvalue(), *written]) & set(planted) == set()
