"""A base that somebody else really holds: a second connection, on either engine."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

IMPATIENT_MS = 20


@contextmanager
def writes_are_blocked() -> Iterator[None]:
    """Another connection is writing everywhere and does not finish; reading goes on."""
    with _held("SHARE ROW EXCLUSIVE"):
        yield


@contextmanager
def nothing_answers() -> Iterator[None]:
    """PostgreSQL: every table is taken, reading included. SQLite never refuses a reader: its file is gone."""
    if connection.vendor == "sqlite":
        path, usual = connection.settings_dict["NAME"], connection.settings_dict["NAME"]
        connection.close()
        connection.settings_dict["NAME"] = f"{path}.absent/no.sqlite3"
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = usual
    else:
        with _held("ACCESS EXCLUSIVE"):
            yield


@contextmanager
def _held(mode: str) -> Iterator[None]:
    with connection.cursor() as ours:
        if connection.vendor == "sqlite":
            # The very file of the test, by a connection that Django does not know.
            other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
            ours.execute(f"PRAGMA busy_timeout = {IMPATIENT_MS}")
            other.execute("BEGIN IMMEDIATE")
        else:
            tables = ", ".join(f'"{name}"' for name in connection.introspection.table_names())
            other = connection.Database.connect(**connection.get_connection_params())
            ours.execute(f"SET lock_timeout = {IMPATIENT_MS}")
            # It holds its lock for the whole walk, longer than the product lets a connection wait idle.
            other.execute("SET idle_in_transaction_session_timeout = 0")
            other.execute(f"LOCK TABLE {tables} IN {mode} MODE")
    try:
        yield
    finally:
        other.rollback()
        other.close()
        connection.close()
