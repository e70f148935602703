"""The base itself says that what exits are counted from changed: no writer can forget it, on either engine."""

from __future__ import annotations

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

DIARY = "reports_sourcechange"
WHOLE_BASE = 0
DRAWS = 2**44
"""How many different draws there are; thousands of them still add up within a whole number of the base."""

STRUCTURES = {
    "pathways_exit": (
        "SELECT stay.organisation_id FROM {rows} AS seen JOIN pathways_stay AS stay ON stay.id = seen.stay_id"
    ),
    "pathways_stay": "SELECT seen.organisation_id FROM {rows} AS seen",
    "pathways_contract": (
        "SELECT stay.organisation_id FROM {rows} AS seen JOIN pathways_stay AS stay ON stay.id = seen.stay_id"
    ),
    "pathways_monthlyhours": (
        "SELECT stay.organisation_id FROM {rows} AS seen"
        " JOIN pathways_contract AS contract ON contract.id = seen.contract_id"
        " JOIN pathways_stay AS stay ON stay.id = contract.stay_id"
    ),
    "organisations_organisation": "SELECT seen.id AS organisation_id FROM {rows} AS seen",
}
"""Every table that `sources.py` reads, and whose structure each of its rows belongs to."""
_SEEN_BY = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}
_COLUMNS = {
    "pathways_exit": ("stay_id",),
    "pathways_stay": ("organisation_id",),
    "pathways_contract": ("stay_id",),
    "pathways_monthlyhours": ("contract_id",),
    "organisations_organisation": ("id",),
}


def ensure(using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Put the triggers in place, and believe nothing read before.

    After each `migrate`: SQLite drops the triggers of a table that a migration makes again, and a base that was
    restored is migrated.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        if not {DIARY, *STRUCTURES} <= set(connection.introspection.table_names(cursor)):
            return
        is_sqlite = connection.vendor == "sqlite"
        for table in STRUCTURES:
            for statement in _sqlite(table) if is_sqlite else _postgresql(table):
                cursor.execute(statement)
        cursor.execute(f"DELETE FROM {DIARY}")  # noqa: S608 (a name of ours)
        draw = f"random() % {DRAWS}" if is_sqlite else f"floor(random() * {DRAWS})::bigint"
        cursor.execute(
            f'INSERT INTO {DIARY} (organisation, "transaction", draw) VALUES ({WHOLE_BASE}, 0, {draw})'  # noqa: S608
        )


def _name(table: str, gesture: str) -> str:
    return f"source_change_{table}_{gesture.lower()}"


def _sqlite(table: str) -> list[str]:
    """One line per structure, drawn again with each row: one transaction writes at a time."""
    statements = []
    for gesture, sides in _SEEN_BY.items():
        written = "".join(
            f'INSERT INTO {DIARY} (organisation, "transaction", draw)'  # noqa: S608 (names of ours)
            f" SELECT organisation_id, 0, random() % {DRAWS} FROM ({_row_of(table, side)}) WHERE organisation_id > 0"
            f' ON CONFLICT (organisation, "transaction") DO UPDATE SET draw = excluded.draw; '
            for side in sides
        )
        name = _name(table, gesture)
        statements += [
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} AFTER {gesture} ON {table} BEGIN {written} END",
        ]
    return statements


def _row_of(table: str, side: str) -> str:
    columns = ", ".join(f"{side}.{column} AS {column}" for column in _COLUMNS[table])
    return STRUCTURES[table].format(rows=f"(SELECT {columns})")


def _postgresql(table: str) -> list[str]:
    """One line per structure and transaction, however many rows; lines of transactions long over leave by themselves."""
    statements = []
    for gesture, sides in _SEEN_BY.items():
        seen = " UNION ALL ".join(STRUCTURES[table].format(rows=f"{side}_rows") for side in sides)
        tables = " ".join(f"{side} TABLE AS {side}_rows" for side in sides)
        statements += _written(
            table,
            gesture,
            f"SELECT DISTINCT organisation_id FROM ({seen}) AS seen",  # noqa: S608 (names of ours)
            f"REFERENCING {tables} FOR EACH STATEMENT",
        )
    return [
        *statements,
        *_written(table, "TRUNCATE", f"SELECT {WHOLE_BASE} AS organisation_id", "FOR EACH STATEMENT"),
    ]


def _written(table: str, gesture: str, structures: str, how: str) -> list[str]:
    name = _name(table, gesture)
    return [
        f"""
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql
        SET enable_seqscan = off -- a table filled a moment ago looks empty: each row is found by its key all the same
        AS $$ DECLARE concerned bigint[]; BEGIN
            concerned := ARRAY({structures});
            DELETE FROM {DIARY} WHERE id IN (
                SELECT id FROM {DIARY}
                WHERE organisation = ANY (concerned)
                    AND transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
                FOR UPDATE SKIP LOCKED
            );
            INSERT INTO {DIARY} (organisation, transaction, draw)
            SELECT organisation_id, pg_current_xact_id()::text::bigint, floor(random() * {DRAWS})::bigint
            FROM unnest(concerned) AS organisation_id
            ON CONFLICT (organisation, transaction) DO UPDATE SET draw = EXCLUDED.draw;
            RETURN NULL;
        END $$
        """,  # noqa: S608 (names of ours)
        f"""
        CREATE OR REPLACE TRIGGER {name} AFTER {gesture} ON {table} {how} EXECUTE FUNCTION {name}()
        """,
    ]
