"""SEC-58: eight who read then write at once on SQLite, with our own options, never meet a locked base."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from backend.settings.base import database

WRITERS, TIMES = 8, 25


@pytest.fixture
def opened(tmp_path, django_db_blocker):
    """A way to open our SQLite on a counter, as every process does; `mode` for the canary alone."""
    config = database(f"sqlite:///{tmp_path / 'compteur.sqlite3'}")
    made = []

    def connect(mode: str = "") -> Any:
        options = {**config["OPTIONS"], **({"transaction_mode": mode} if mode else {})}
        connection = ConnectionHandler({"default": {**config, "OPTIONS": options}})["default"]
        connection.inc_thread_sharing()  # closed at the end by the thread of the test
        made.append(connection)
        return connection

    with django_db_blocker.unblock():
        first = connect()
        with first.cursor() as cursor:
            cursor.execute("CREATE TABLE counter (n INTEGER)")
            cursor.execute("INSERT INTO counter VALUES (0)")
        yield connect
        for each in made:
            each.close()


def begin_and_read(connection: Any) -> int:
    """What every service does first."""
    connection.ensure_connection()
    connection._start_transaction_under_autocommit()
    with connection.cursor() as cursor:
        cursor.execute("SELECT n FROM counter")
        return cursor.fetchone()[0]


def write(connection: Any, value: int) -> None:
    """Then writes what follows from it."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE counter SET n = %s", [value])
    connection.connection.commit()


def test_eight_writers_lose_nothing_and_meet_no_lock(opened):
    together = threading.Barrier(WRITERS)

    def work(_: int) -> None:
        connection = opened()
        connection.ensure_connection()
        together.wait()
        for _ in range(TIMES):
            write(connection, begin_and_read(connection) + 1)

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(work, range(WRITERS)))
    assert begin_and_read(opened()) == WRITERS * TIMES


def test_without_our_way_of_beginning_the_second_writer_is_refused(opened):
    """The canary: what the option protects from, so that the test above would see it gone."""
    one, other = opened("DEFERRED"), opened("DEFERRED")
    seen = begin_and_read(one), begin_and_read(other)
    write(one, seen[0] + 1)
    with pytest.raises(OperationalError, match="locked"):
        write(other, seen[1] + 1)
    other.connection.rollback()
