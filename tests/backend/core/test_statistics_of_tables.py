"""SQLite chooses an index by what it knows of its tables: it is told after each great change, and by the clock."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from backend.core.tables import statistics
from backend.core.tasks import refresh_statistics
from tests.factories import StayFactory
from tests.needed import only_on

pytestmark = pytest.mark.django_db


def known_rows(table):
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = %s", [table])
        return {int(stat.split()[0]) for (stat,) in cursor.fetchall()}


@pytest.fixture
def forgotten():
    only_on(
        "sqlite",
        because="what ANALYZE of PostgreSQL learns of three rows outlives the test, and misleads others",
    )
    statistics.refresh()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_stat1")
    StayFactory.create_batch(3)


def test_by_the_clock(forgotten):
    refresh_statistics()

    assert known_rows("pathways_stay") == {3}
    assert "core.refresh_statistics" in {each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values()}


def test_after_a_migration(forgotten):
    call_command("migrate", verbosity=0)

    assert known_rows("pathways_stay") == {3}
