"""The database itself refuses to change, replace, delete or empty what is written in the trail, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

TABLES = ("audit_entry", "audit_link")
"""The lines, and the links that bind them; a base on its way may hold the first alone."""

_POSTGRES_FUNCTION = """
    CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END $$
"""


def create(apps: Any, schema_editor: Any) -> None:
    """Put the triggers in place on the tables that are there; twice is once."""
    drop(apps, schema_editor)
    sqlite = schema_editor.connection.vendor == "sqlite"
    if not sqlite:
        schema_editor.execute(_POSTGRES_FUNCTION)
    for table in _there(schema_editor):
        for statement in _on_sqlite(table) if sqlite else _on_postgres(table):
            schema_editor.execute(statement)


def drop(apps: Any, schema_editor: Any) -> None:
    """Take them away, for the reverse migration."""
    sqlite = schema_editor.connection.vendor == "sqlite"
    for table in _there(schema_editor):
        where = "" if sqlite else f" ON {table}"
        for name in _names(table):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{where}")
    if not sqlite:
        schema_editor.execute("DROP FUNCTION IF EXISTS audit_is_append_only(), audit_entry_is_append_only()")


def _there(schema_editor: Any) -> list[str]:
    with schema_editor.connection.cursor() as cursor:
        known = schema_editor.connection.introspection.table_names(cursor)
    return [table for table in TABLES if table in known]


def _names(table: str) -> list[str]:
    return [f"{table}_refuses_{gesture}" for gesture in ("update", "delete", "replace", "truncate")] + [
        f"{table}_is_append_only"
    ]


def _on_sqlite(table: str) -> Iterator[str]:
    refused = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    for gesture in ("update", "delete"):
        yield f"CREATE TRIGGER {table}_refuses_{gesture} BEFORE {gesture} ON {table} {refused}"
    # INSERT OR REPLACE deletes without asking the trigger of deletions.
    yield (
        f"CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table} "  # noqa: S608 (names of ours)
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) {refused}"
    )


def _on_postgres(table: str) -> Iterator[str]:
    run = "EXECUTE FUNCTION audit_is_append_only()"
    yield f"CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {run}"
    yield f"CREATE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {run}"
