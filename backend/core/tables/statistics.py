"""What the base knows of its tables, by which it chooses an index, and how long it may think about it."""

from __future__ import annotations

from django.db import DEFAULT_DB_ALIAS, connections

ROWS_LOOKED_AT = 1_000
"""Of each index, on SQLite: enough to choose well, and a fraction of a second on the largest base."""


def refresh(using: str = DEFAULT_DB_ALIAS) -> None:
    """Look at the tables again: after a migration, after an import, and by the clock.

    Without it, SQLite has been seen to walk every stay of a structure for each of its people, and PostgreSQL, where
    nobody looks after it, to read every interview for each page.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit = {ROWS_LOOKED_AT}")
        cursor.execute("ANALYZE")  # `PRAGMA optimize` only sees what this very connection has read


def plan_quickly(using: str = DEFAULT_DB_ALIAS) -> None:
    """Our questions last milliseconds: PostgreSQL compiles none of them, which took it longer than to answer.

    Written beside the role in the base rather than sent with each connection, which a pool would lose.
    """
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        (name,) = cursor.fetchone()
        cursor.execute(f"ALTER ROLE CURRENT_USER IN DATABASE {connection.ops.quote_name(name)} SET jit = off")
