"""From the ids of a drawing to the primary keys of the base."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from backend.core.tables.batches import batches

CHUNK = 2_000


class Ids:
    """Primary keys by kind and drawn id; what one batch of people brought is forgotten after it."""

    def __init__(self) -> None:
        self._permanent: dict[str, dict[str, int]] = {}
        self._of_batch: dict[str, dict[str, int]] = {}

    def __call__(self, kind: str, drawn: str) -> int:
        """The primary key of a drawn row."""
        rows = self._of_batch.get(kind, {})
        return rows[drawn] if drawn in rows else self._permanent[kind][drawn]

    def or_none(self, kind: str, drawn: str | None) -> int | None:
        """The same, None for a row that names nobody."""
        return None if drawn is None else self(kind, drawn)

    def store(
        self, kind: str, drawn: Iterable[str], rows: Iterable[models.Model], *, lasts: bool = False
    ) -> None:
        """Write new rows and remember their keys; `lasts` for those every batch refers to."""
        written = bulk(rows)
        home = self._permanent if lasts else self._of_batch
        home.setdefault(kind, {}).update(zip(drawn, (row.pk for row in written), strict=True))

    def forget_batch(self) -> None:
        """Let go of the people already written."""
        self._of_batch.clear()


def bulk(rows: Iterable[Any]) -> list[Any]:
    """Write rows of one model, a chunk at a time."""
    written: list[Any] = []
    for chunk in batches(rows, CHUNK):
        written += type(chunk[0])._default_manager.bulk_create(chunk)
    return written
