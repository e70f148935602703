"""What a request moved in the base: nothing when it is refused, and never a row of a structure elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection, models

from backend.accounts.models import OpenSession
from backend.audit.models import Entry
from backend.core.models import IdempotencyRecord
from tests.access.world import World

_WRITES = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM|REPLACE INTO) "?(\w+)')
OF_ANY_ANSWER = {OpenSession, Entry, IdempotencyRecord}
"""What a refusal may leave: its session, its line in the trail, the key under which it was sent."""
EVERYBODYS = {"competence", "certification", "bloc", "bloc_line"}
"""Knowledge shared on purpose: `elsewhere` has a row of it, and it is nobody's alone."""
Rows = dict[type[models.Model], frozenset[tuple[Any, ...]]]


@contextmanager
def writes_seen() -> Iterator[list[str]]:
    """The statements that write, as they are sent: what they did may be undone at once, which `Base` then says."""
    seen: list[str] = []
    kept_by_any = {model._meta.db_table for model in OF_ANY_ANSWER}

    def spy(execute: Any, sql: str, *rest: Any) -> Any:
        if (found := _WRITES.match(sql)) and found[1] not in kept_by_any:
            seen.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(spy):
        yield seen


class Base:
    """Every row as it was once the world was built; each request is undone, so that it is compared with the same again."""

    def __init__(self, world: World) -> None:
        self._before = _rows()
        self._elsewhere = {
            (type(row), str(row.pk))
            for kind, rows in world.objects.items()
            if kind not in EVERYBODYS and (row := rows.get("elsewhere"))
        }

    def moved(self, status: int) -> set[str]:
        """The tables that a request answered so may not have touched, and did."""
        now = _rows()
        wrong = set()
        for model, before in self._before.items():
            if now[model] == before or model in OF_ANY_ANSWER:
                continue
            changed = {(model, row[0]) for row in before - now[model]}
            if status >= 400 or changed & self._elsewhere:
                wrong.add(model._meta.label)
        return wrong


def _rows() -> Rows:
    """The rows of every table as the base keeps them, the key of each first."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            meta = model._meta
            if not meta.managed or meta.proxy:
                continue
            columns = ", ".join(
                connection.ops.quote_name(each.column)
                for each in (meta.pk, *(f for f in meta.concrete_fields if not f.primary_key))
            )
            cursor.execute(f"SELECT {columns} FROM {connection.ops.quote_name(meta.db_table)}")  # noqa: S608 (our own names)
            found[model] = frozenset(tuple(map(str, row)) for row in cursor)
    return found
