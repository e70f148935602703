"""The database itself refuses to change, replace, delete or empty what is written in the trail, on both engines.

One way out alone: lines older than `YOUNGEST_CUT_DAYS` that a cut written before covers (`keeping.py`, decision 0078).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

TABLES = ("audit_entry", "audit_link", "audit_cut")
"""The lines, the links that bind them, where the trail was cut; a base on its way may hold the first alone."""
YOUNGEST_CUT_DAYS = 180
"""The base lets nothing younger leave the trail, whoever asks: six months are the least the CNIL counsels (2021-122)."""

_CUT = "audit_cut"
_COVERED = {
    "audit_entry": "last_id >= OLD.id AND kept_from_at > OLD.at",
    "audit_link": "last_id >= OLD.last_id",
}
"""When a row may leave: a cut covers it."""

_POSTGRES_FUNCTION = """
    CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END $$
"""
_POSTGRES_LEAVING = """
    CREATE OR REPLACE FUNCTION {table}_may_leave() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
        IF EXISTS (SELECT 1 FROM audit_cut WHERE {covered}) THEN RETURN OLD; END IF;
        RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only';
    END $$
"""


def create(apps: Any, schema_editor: Any) -> None:
    """Put the triggers in place on the tables that are there; twice is once."""
    _put(schema_editor, _there(schema_editor))


def create_before_cuts(apps: Any, schema_editor: Any) -> None:
    """The same, for a base about to lose the table of cuts: nothing may leave the others any more."""
    _put(schema_editor, [table for table in _there(schema_editor) if table != _CUT])


def _put(schema_editor: Any, there: list[str]) -> None:
    drop(None, schema_editor)
    sqlite = schema_editor.connection.vendor == "sqlite"
    if not sqlite:
        schema_editor.execute(_POSTGRES_FUNCTION)
    for table in there:
        may_leave = _COVERED.get(table, "") if _CUT in there else ""
        for statement in _on_sqlite(table, may_leave) if sqlite else _on_postgres(table, may_leave):
            schema_editor.execute(statement)


def drop(apps: Any, schema_editor: Any) -> None:
    """Take them away, for the reverse migration."""
    sqlite = schema_editor.connection.vendor == "sqlite"
    for table in _there(schema_editor):
        where = "" if sqlite else f" ON {table}"
        for name in _names(table):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{where}")
    if not sqlite:
        schema_editor.execute(
            "DROP FUNCTION IF EXISTS audit_is_append_only(), audit_entry_is_append_only(), "
            "audit_entry_may_leave(), audit_link_may_leave()"
        )


def _there(schema_editor: Any) -> list[str]:
    with schema_editor.connection.cursor() as cursor:
        known = schema_editor.connection.introspection.table_names(cursor)
    return [table for table in TABLES if table in known]


def _names(table: str) -> list[str]:
    gestures = ("update", "delete", "replace", "truncate", "youth")
    return [f"{table}_refuses_{gesture}" for gesture in gestures] + [f"{table}_is_append_only"]


def _on_sqlite(table: str, may_leave: str) -> Iterator[str]:
    refused = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    covered = f"WHEN NOT EXISTS (SELECT 1 FROM {_CUT} WHERE {may_leave}) " if may_leave else ""  # noqa: S608 (names of ours)
    yield f"CREATE TRIGGER {table}_refuses_update BEFORE UPDATE ON {table} {refused}"
    yield f"CREATE TRIGGER {table}_refuses_delete BEFORE DELETE ON {table} {covered}{refused}"
    # INSERT OR REPLACE deletes without asking the trigger of deletions.
    yield (
        f"CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table} "  # noqa: S608 (names of ours)
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) {refused}"
    )
    if table == _CUT:
        yield (
            f"CREATE TRIGGER {table}_refuses_youth BEFORE INSERT ON {table} "
            f"WHEN NEW.kept_from_at > datetime('now', '-{YOUNGEST_CUT_DAYS} days') {refused}"
        )


def _on_postgres(table: str, may_leave: str) -> Iterator[str]:
    run = "EXECUTE FUNCTION audit_is_append_only()"
    leaving = "UPDATE OR DELETE"
    if may_leave:
        leaving = "UPDATE"
        yield _POSTGRES_LEAVING.format(table=table, covered=may_leave)
        yield (
            f"CREATE TRIGGER {table}_refuses_delete BEFORE DELETE ON {table} FOR EACH ROW "
            f"EXECUTE FUNCTION {table}_may_leave()"
        )
    yield f"CREATE TRIGGER {table}_is_append_only BEFORE {leaving} ON {table} FOR EACH ROW {run}"
    yield f"CREATE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {run}"
    if table == _CUT:
        yield (
            f"CREATE TRIGGER {table}_refuses_youth BEFORE INSERT ON {table} FOR EACH ROW "
            f"WHEN (NEW.kept_from_at > now() - interval '{YOUNGEST_CUT_DAYS} days') {run}"
        )
