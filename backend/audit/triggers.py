"""The database itself refuses to change or delete a line of the trail, on both engines."""

from __future__ import annotations

from typing import Any

_SQLITE = {
    operation: f"""
        CREATE TRIGGER audit_entry_refuses_{operation} BEFORE {operation} ON audit_entry
        BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END
    """
    for operation in ("UPDATE", "DELETE")
}
_POSTGRES_FUNCTION = """
    CREATE OR REPLACE FUNCTION audit_entry_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'audit_entry is append-only'; END $$
"""
_POSTGRES_TRIGGER = """
    CREATE TRIGGER audit_entry_is_append_only BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_is_append_only()
"""


def create(apps: Any, schema_editor: Any) -> None:
    """Put the triggers in place."""
    if schema_editor.connection.vendor == "sqlite":
        for statement in _SQLITE.values():
            schema_editor.execute(statement)
    else:
        schema_editor.execute(_POSTGRES_FUNCTION)
        schema_editor.execute(_POSTGRES_TRIGGER)


def drop(apps: Any, schema_editor: Any) -> None:
    """Take them away, for the reverse migration."""
    if schema_editor.connection.vendor == "sqlite":
        for operation in _SQLITE:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS audit_entry_refuses_{operation}")
    else:
        schema_editor.execute("DROP TRIGGER IF EXISTS audit_entry_is_append_only ON audit_entry")
        schema_editor.execute("DROP FUNCTION IF EXISTS audit_entry_is_append_only()")
