"""The base itself says that what exits are counted from changed: no writer can forget it, on either engine."""

from __future__ import annotations

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

DIARY = "reports_sourcechange"
WHOLE_BASE = 0
DRAWS = 2**44
"""How many different draws there are; thousands of them still add up within a whole number of the base."""

_STAY = ("pathways_stay", "organisation_id")
STRUCTURES: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "pathways_exit": ("stay_id", (_STAY,)),
    "pathways_stay": ("organisation_id", ()),
    "pathways_contract": ("stay_id", (_STAY,)),
    "pathways_monthlyhours": ("contract_id", (("pathways_contract", "stay_id"), _STAY)),
    "organisations_organisation": ("id", ()),
    "reports_keptcount": ("organisation_id", ()),
}
"""Every table that `sources.py` and `left.py` read, and the way from its rows to the structure they belong to, key by key."""
_SEEN_BY = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}


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
            f" SELECT concerned, 0, random() % {DRAWS} FROM (SELECT {_structure_of(table, side)} AS concerned)"
            f" WHERE concerned > 0"
            f' ON CONFLICT (organisation, "transaction") DO UPDATE SET draw = excluded.draw; '
            for side in sides
        )
        name = _name(table, gesture)
        statements += [
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} AFTER {gesture} ON {table} BEGIN {written} END",
        ]
    return statements


def _structure_of(table: str, side: str) -> str:
    column, way = STRUCTURES[table]
    found = f"{side}.{column}"
    for above, key in way:
        found = f"(SELECT {key} FROM {above} WHERE id = {found})"  # noqa: S608 (names of ours)
    return found


def _postgresql(table: str) -> list[str]:
    """One line per structure and transaction, however many rows; lines of transactions long over leave by themselves."""
    column, way = STRUCTURES[table]
    statements = []
    for gesture, sides in _SEEN_BY.items():
        seen = " UNION ".join(f"SELECT DISTINCT {column} FROM {side}_rows" for side in sides)  # noqa: S608 (names of ours)
        steps = [f"concerned := ARRAY({seen});"]
        # Step by step, each by its key: a table filled a moment ago looks empty, and a join of three could be walked
        # row by row.
        steps += [
            f"concerned := ARRAY(SELECT DISTINCT {key} FROM {above} WHERE id = ANY (concerned));"  # noqa: S608
            for above, key in way
        ]
        tables = " ".join(f"{side} TABLE AS {side}_rows" for side in sides)
        statements += _written(table, gesture, steps, f"REFERENCING {tables} FOR EACH STATEMENT")
    return [
        *statements,
        *_written(table, "TRUNCATE", [f"concerned := ARRAY[{WHOLE_BASE}];"], "FOR EACH STATEMENT"),
    ]


def _written(table: str, gesture: str, steps: list[str], how: str) -> list[str]:
    name = _name(table, gesture)
    return [
        f"""
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off
        AS $$ DECLARE concerned bigint[]; BEGIN
            {" ".join(steps)}
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
