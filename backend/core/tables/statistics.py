"""What SQLite knows of its tables, by which it chooses an index; PostgreSQL looks after its own."""

from __future__ import annotations

from django.db import DEFAULT_DB_ALIAS, connections

ROWS_LOOKED_AT = 1_000
"""Of each index: enough to choose well, and a fraction of a second on the largest base."""


def refresh(using: str = DEFAULT_DB_ALIAS) -> None:
    """Look at the tables again: after a migration, after an import, and by the clock.

    Without it, SQLite has been seen to walk every stay of a structure for each of its people.
    """
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit = {ROWS_LOOKED_AT}")
        cursor.execute("ANALYZE")  # `PRAGMA optimize` only sees what this very connection has read
