"""What files said of each row the last time: how we know that a value was changed here since.

A file is often sent again whole. The value it repeats must not undo what somebody corrected on screen in the
meantime, and a value it corrects must be corrected: only what it said before tells the two apart.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import models

from backend.exchange.models import Received

Prints = dict[str, str]
"""Column → print of the value the file gave."""


def print_of(row: models.Model, column: str, value: Any) -> str:
    """A mark of one value on one row, too short to be read back and different from row to row."""
    said = json.dumps([row._meta.label, row.pk, column, value], default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def recall(rows: Iterable[models.Model]) -> dict[int, Prints]:
    """What was said of these rows of one table, by primary key."""
    by_pk = {row.pk: row for row in rows}
    if not by_pk:
        return {}
    kind = next(iter(by_pk.values()))._meta.label
    found = Received.objects.filter(kind=kind, row_id__in=list(by_pk))
    return dict(found.values_list("row_id", "prints"))


def remember(prints: Iterable[tuple[models.Model, Prints]]) -> None:
    """Keep what the file said of each row."""
    Received.objects.bulk_create(
        [Received(kind=row._meta.label, row_id=row.pk, prints=said) for row, said in prints],
        update_conflicts=True,
        unique_fields=["kind", "row_id"],
        update_fields=["prints"],
        batch_size=200,
    )


def forget_the_gone() -> int:
    """Delete the prints of rows that no longer exist, so that nothing is left of whoever was erased."""
    deleted = 0
    for kind in Received.objects.values_list("kind", flat=True).distinct():
        of_kind = Received.objects.filter(kind=kind)
        try:
            alive = apps.get_model(kind)._base_manager.values("pk")
        except LookupError:
            deleted += of_kind.delete()[0]
        else:
            deleted += of_kind.exclude(row_id__in=alive).delete()[0]
    return deleted
