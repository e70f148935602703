"""SEC-39: the great canary: one string in each text that a page, a verb of the API or a file takes, looked for everywhere."""

from __future__ import annotations

import logging
from itertools import cycle

import pytest
from celery import current_app
from django.core.cache import cache
from django.db import OperationalError

from backend.audit import trail
from backend.core.privacy.classes import Kind
from tests.access.hostile_input.test_a_late_refusal_is_a_sentence import SENT
from tests.attacks.canary import doors, gestures
from tests.attacks.canary.everywhere import watching
from tests.attacks.canary.marks import (
    NOT_TYPED,
    OF_THE_SERVICE,
    is_sealed_column,
    mark,
    personal_texts,
    places,
)

pytestmark = pytest.mark.django_db
DONE = {200, 201, 204, 302}
WAITS = {
    "web:import_columns", "web:import_confirm", "web:self_undo", "web:undo", "group-offers accept",
}  # fmt: skip
"""Nothing of that kind waits in this world."""
NAMES_SOMEBODY = {"web:beyond_open", "caseload-openings create", "reunions create"}
"""What is typed must be the very name, or the very row, of somebody known: refused with a canary, and looked at as well."""


def test_what_is_typed_goes_where_it_should_and_nowhere_else(world, tmp_path):
    with watching() as found:
        met = {name: gestures.by_screen(world, name, found) for name in gestures.SCREENS}
        met |= {verb: gestures.by_api(world, verb, found) for verb in gestures.VERBS}
        doors.by_doors(world, found)
        doors.by_files(tmp_path / "bundle", found)
    assert {name: where for name, where in found.leaks.items() if where} == {}
    not_done = {name for name, statuses in met.items() if not statuses or statuses[0] not in DONE}
    assert not_done == WAITS | NAMES_SOMEBODY, "a gesture that a canary does not go through proves nothing"
    typed = found.stored | found.opened
    assert set(personal_texts()) - typed == set(NOT_TYPED), (
        "a personal column of text is typed by some page, verb or file; else say why in NOT_TYPED"
    )
    assert {each for each in found.stored if is_sealed_column(each)} == set(), (
        "a sealed column is read without its key"
    )
    known = places(kind for kind in Kind if kind not in (Kind.TECHNICAL, Kind.LINK))
    assert found.stored - known == set(OF_THE_SERVICE), (
        "what was typed is kept in a column that is nobody's words"
    )


FAILURES = {RuntimeError: 500, OperationalError: 503, KeyError: 500}


def test_a_failure_in_the_middle_of_a_gesture_repeats_nothing(world, monkeypatch):
    """Each page meets one failure, the text of which is a canary: a bug, a base that went away, a value in its name."""
    failing = cycle(FAILURES)
    kind = next(failing)

    def broken(*args, **options):
        raise kind(mark())

    for name in ("record", "record_about"):
        monkeypatch.setattr(trail, name, broken)
    for client in world.clients.values():
        monkeypatch.setattr(client, "raise_request_exception", False)
    met = {each: set() for each in FAILURES}
    with watching() as found:
        for name in SENT:
            kind = next(failing)
            met[kind].add(gestures.once_by_screen(world, name, found))
    assert {each: status in met[each] for each, status in FAILURES.items()} == dict.fromkeys(
        FAILURES, True
    ), met
    assert {name: where for name, where in found.leaks.items() if where} == {}


def test_the_watch_sees_what_it_is_shown():
    """Each place it looks at, with a canary put there by hand."""
    with watching() as found:
        logging.getLogger("backend.core").warning(mark())
        current_app.send_task("exchange.run_import", args=[mark()])
        cache.set("last", mark())
        found.look_around("by hand")
        cache.clear()
    assert set(found.leaks) == {"the logs", "a message to a worker", "the cache"}
