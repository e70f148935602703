"""Whose competences changed since everybody was read: exactly, even where transactions end out of order."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from competences.models import Assessment

_BEGAN = "(SELECT mark FROM competences_skillchange WHERE token = %s)"
_SINCE = {
    # Numbers are given in the order of writing, and one transaction writes at a time.
    "sqlite": f"id > CAST({_BEGAN} AS INTEGER)",
    # A number taken before ours may be written after: what counts is whether the reading could see the transaction.
    "postgresql": f"""
        transaction >= pg_snapshot_xmin({_BEGAN}::pg_snapshot)::text::bigint
        AND NOT pg_visible_in_snapshot(transaction::text::xid8, {_BEGAN}::pg_snapshot)
    """,
}
_KNOWN = {
    "sqlite": "token = %s",
    # Transactions that are still to come: the base was brought from where they are counted otherwise.
    "postgresql": """
        token = %s AND pg_snapshot_xmax(mark::pg_snapshot) <= pg_snapshot_xmax(pg_current_snapshot())
    """,
}
_NOW = {
    "sqlite": "SELECT CAST(COALESCE(MAX(id), 0) AS TEXT) FROM competences_skillchange",
    "postgresql": "SELECT pg_current_snapshot()::text",
}
_BASE = {
    "sqlite": "SELECT 'sqlite'",
    # Another cluster counts its transactions otherwise: a base brought from elsewhere has a table of another number.
    "postgresql": """
        SELECT concat_ws(':', 'postgresql', (SELECT oid FROM pg_database WHERE datname = current_database()),
                         'competences_skillchange'::regclass::oid)
    """,
}


def point_now() -> str:
    """What a reading that begins now is sure to see: asked before it begins."""
    return _one(_NOW[connection.vendor])


def this_base() -> str:
    """What tells this base from another: a point means nothing elsewhere."""
    return _one(_BASE[connection.vendor])


def people_changed_since(token: str) -> list[int] | None:
    """People whose assessments changed after the reading of this name began, in order; None when it is not known.

    One question, so that what is forgotten meanwhile is not missed.
    """
    if not token:  # what every line of a change has
        return None
    vendor = connection.vendor
    asked = f"""
        SELECT NULL FROM competences_skillchange WHERE {_KNOWN[vendor]}
        UNION SELECT person FROM competences_skillchange WHERE person IS NOT NULL AND {_SINCE[vendor]}
    """  # noqa: S608 (conditions of ours)
    with connection.cursor() as cursor:
        cursor.execute(asked, [token] * asked.count("%s"))
        found = {person for (person,) in cursor.fetchall()}
    return sorted(found - {None}) if None in found else None


def readings_in_order() -> Iterator[tuple[int, int, int]]:
    """Everybody's (person, competence, level) by their keys, the reading that counts after those it replaces."""
    readings = Assessment.objects.order_by("assessed_on", "level", "pk")
    return readings.values_list("beneficiary_id", "competence_id", "level").iterator(chunk_size=20_000)


def _one(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return str(cursor.fetchone()[0])
