"""The database is busy or away: how it is recognised and what is said, by the screens, the API and the door alike."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import InterfaceError, OperationalError, connection

RETRY_AFTER_SECONDS = "2"
BUSY = (
    "Un autre enregistrement est en cours, ou la base ne répond pas. Attendez quelques secondes, puis réessayez. Si cela "
    "dure, prévenez la personne qui s’occupe du service."
)
SHORT_WAIT_MS = 250
"""How long a reading page waits to write what it can do without, in milliseconds."""

_SQLITE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,  # no room left: whoever runs the service makes some, and what was typed is sent again
    }
)
_POSTGRES = frozenset(
    {
        "55P03",  # lock_not_available
        "40P01",  # deadlock_detected
        "40001",  # serialization_failure
        "53300",  # too_many_connections
        "57P01",  # admin_shutdown
        "57P02",  # crash_shutdown
        "57P03",  # cannot_connect_now
        "25P03",  # idle_in_transaction_session_timeout
        "53100",  # disk_full
    }
)
_CONNECTION_CLASS = "08"


def is_busy(error: BaseException | None) -> bool:
    """Whether waiting may be enough: a lock held too long, a server that refuses or hangs up. Not a fault of ours."""
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF in _SQLITE
    state: str | None = getattr(cause, "sqlstate", None)
    # Without a state, no server ever answered: refused, unknown host, hung up.
    return state is None or state in _POSTGRES or state.startswith(_CONNECTION_CLASS)


@contextmanager
def short_wait() -> Iterator[None]:
    """Give up after a moment on what is locked, then wait as usual again."""
    sqlite = connection.vendor == "sqlite"
    usual = _ask("PRAGMA busy_timeout" if sqlite else "SHOW lock_timeout")
    _tell(f"PRAGMA busy_timeout = {SHORT_WAIT_MS}" if sqlite else f"SET lock_timeout = {SHORT_WAIT_MS}")
    try:
        yield
    finally:
        if not connection.needs_rollback and connection.connection is not None:
            _tell(f"PRAGMA busy_timeout = {usual}" if sqlite else f"SET lock_timeout = '{usual}'")


def _ask(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return str(cursor.fetchone()[0])


def _tell(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
