"""The base itself writes down whose assessments changed: no writer can forget it, on either engine."""

from __future__ import annotations

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

WATCHED, DIARY = "competences_assessment", "competences_skillchange"
_PREFIX = "skill_change_on"
_SEEN_BY = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}
"""What each gesture shows of the row: a reading given to somebody else changes two people."""


def ensure(using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Put the triggers in place, and believe no index built before.

    After each `migrate`: SQLite drops the triggers of a table that a migration makes again, and a base that was
    restored is migrated.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        if not {WATCHED, DIARY} <= set(connection.introspection.table_names(cursor)):
            return
        for statement in _sqlite() if connection.vendor == "sqlite" else _postgresql():
            cursor.execute(statement)
        cursor.execute(f"DELETE FROM {DIARY} WHERE token <> ''")  # noqa: S608 (a name of ours)


def _sqlite() -> list[str]:
    statements = []
    for gesture, sides in _SEEN_BY.items():
        written = "".join(
            f"INSERT INTO {DIARY} (person) VALUES ({side}.beneficiary_id); "  # noqa: S608 (names of ours)
            for side in sides
        )
        name = f"{_PREFIX}_{gesture.lower()}"
        statements += [
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} AFTER {gesture} ON {WATCHED} BEGIN {written} END",
        ]
    return statements


def _postgresql() -> list[str]:
    """One line per person and gesture, however many rows; a table emptied at once leaves nothing to believe."""
    statements = []
    for gesture, sides in _SEEN_BY.items():
        name = f"{_PREFIX}_{gesture.lower()}"
        seen = " UNION ".join(f"SELECT beneficiary_id FROM {side}_rows" for side in sides)  # noqa: S608 (names of ours)
        tables = " ".join(f"{side} TABLE AS {side}_rows" for side in sides)
        statements += [
            f"""
            CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                INSERT INTO {DIARY} (person, transaction)
                SELECT DISTINCT beneficiary_id, pg_current_xact_id()::text::bigint FROM ({seen}) AS seen;
                RETURN NULL;
            END $$
            """,  # noqa: S608 (names of ours)
            f"""
            CREATE OR REPLACE TRIGGER {name} AFTER {gesture} ON {WATCHED} REFERENCING {tables}
            FOR EACH STATEMENT EXECUTE FUNCTION {name}()
            """,
        ]
    emptied = f"{_PREFIX}_truncate"
    return [
        *statements,
        f"""
        CREATE OR REPLACE FUNCTION {emptied}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            DELETE FROM {DIARY}; RETURN NULL;
        END $$
        """,  # noqa: S608 (names of ours)
        f"""
        CREATE OR REPLACE TRIGGER {emptied} AFTER TRUNCATE ON {WATCHED}
        FOR EACH STATEMENT EXECUTE FUNCTION {emptied}()
        """,
    ]
