"""Anybody may ask whether the service is ready: asked a thousand times, it looks once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from backend.core.health import findings
from backend.core.health.findings import Gravity, Trouble, When
from backend.web.views.health import KEPT_SECONDS


def ask():
    return Client().get("/sante/pret/")


@pytest.mark.django_db
def test_asked_again_it_touches_neither_base_nor_cache_until_some_seconds_passed(time_machine):
    time_machine.move_to("2026-11-27T10:00:00+01:00", tick=False)
    first = ask()
    with CaptureQueriesContext(connection) as asked:
        answers = {ask().content for _ in range(30)}
    assert (answers, list(asked)) == ({first.content}, [])
    time_machine.shift(KEPT_SECONDS)
    with CaptureQueriesContext(connection) as asked:
        ask()
    assert len(asked) > 0


def test_asked_by_many_at_once_it_looks_once(monkeypatch):
    looked = []

    def look():
        looked.append(1)
        return Trouble("base", Gravity.VITAL, "La base ne répond pas.", "Vérifiez-la.")

    monkeypatch.setattr(findings, "_CHECKS", [(When.RUNNING, look)])
    with ThreadPoolExecutor(8) as many:
        answers = list(many.map(lambda _: ask(), range(40)))
    assert {answer.status_code for answer in answers} == {503}
    assert len(looked) == 1
