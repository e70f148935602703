"""The tables of this version, read and written on any of our engines without opening what is sealed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.apps import apps
from django.db import connections, models
from django.db.models.functions import Cast

from backend.core.sealing.codes import Stored
from backend.core.sealing.encryption import Sealed

SLICE = 200
OWN_TO_A_BASE = frozenset({"competences_skillchange", "reports_sourcechange"})
"""Tables that each base writes by its own triggers: what they say means nothing in another."""
MADE_BY_MIGRATIONS = OWN_TO_A_BASE | {"django_migrations", "django_content_type", "auth_permission", "cache"}
"""Tables that `migrate` fills, or that are worth nothing elsewhere: counts of tries of signing in."""


@dataclass(frozen=True, slots=True)
class Table:
    """One model and its stored columns."""

    model: type[models.Model]

    @property
    def name(self) -> str:
        """As the base calls it."""
        return self.model._meta.db_table

    @property
    def fields(self) -> list[models.Field[Any, Any]]:
        """The columns that hold something of their own."""
        return [field for field in self.model._meta.local_concrete_fields if not field.generated]

    def count(self, alias: str) -> int:
        """How many rows that base holds."""
        return self.model._base_manager.using(alias).count()

    def rows(self, alias: str) -> Iterator[list[Any]]:
        """Stored values, in the order of keys; a sealed text stays sealed, and a column of the other engine is told alike."""
        sealed = {
            f"stored_{field.attname}": Cast(field.attname, models.TextField())
            for field in self.fields
            if isinstance(field, Sealed)
        }
        names = [
            f"stored_{field.attname}" if isinstance(field, Sealed) else field.attname for field in self.fields
        ]
        found = self.model._base_manager.using(alias).annotate(**sealed).order_by("pk").values_list(*names)
        yield from (list(row) for row in found.iterator(chunk_size=SLICE))

    def write(self, alias: str, rows: list[list[Any]]) -> None:
        """Insert rows as they are: keys and moments included, nothing computed again."""
        made = [self._made(row) for row in rows]
        self.model._base_manager.using(alias)._insert(made, fields=self.fields, using=alias, raw=True)  # type: ignore[attr-defined]

    def _made(self, row: list[Any]) -> models.Model:
        made = self.model()
        for field, value in zip(self.fields, row, strict=True):
            is_sealed = isinstance(field, Sealed) and value not in (None, "")
            setattr(made, field.attname, Stored(value) if is_sealed else value)
        return made

    def mark(self, alias: str) -> str:
        """SHA-256 of every row, the same on both engines when they hold the same."""
        mark = hashlib.sha256()
        for row in self.rows(alias):
            mark.update(json.dumps(row, default=_plain, sort_keys=True).encode() + b"\n")
        return mark.hexdigest()


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime | date | time) else str(value)


def our_tables() -> list[Table]:
    """Every table of this version that means the same elsewhere, links between tables included."""
    known = [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]
    tables = [Table(model) for model in sorted(known, key=lambda model: model._meta.db_table)]
    return [table for table in tables if table.name not in OWN_TO_A_BASE]


def last_number(table: Table, alias: str) -> int | None:
    """The last number that the base gave in this table, kept by a deleted row or not; None when it gives none."""
    field = table.model._meta.auto_field
    if field is None:
        return None
    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table.name])
        else:
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table.name}"', field.column])
            sequence = cursor.fetchone()[0]
            cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")  # noqa: S608 (a name the base gave)
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def go_on_after(table: Table, alias: str, number: int) -> None:
    """Let the base give the numbers after this one: what was deleted never comes back under somebody else's number."""
    field, connection = table.model._meta.auto_field, connections[alias]
    if field is None or number == 0:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, number])
        else:
            sequence = [f'"{table.name}"', field.column, number]
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", sequence)


def empty(table: Table, alias: str) -> None:
    """What `migrate` put there, before the rows of the other base come with their own numbers."""
    connection = connections[alias]
    quoted = connection.ops.quote_name(table.name)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {quoted}")  # noqa: S608 (a name of our own models)
