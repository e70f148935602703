"""What files said of each row the last time: how we know that a value was changed here since.

A file is often sent again whole. The value it repeats must not undo what somebody corrected on screen in the
meantime, and a value it corrects must be corrected: only what it said before tells the two apart.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.apps import apps
from django.db import models
from django.utils import timezone

from backend.core.sealing.pseudonyms import mark
from backend.exchange.models import Received

T = TypeVar("T", bound=models.Model)
Prints = dict[str, str]
"""Column → print of the value the file gave."""


def print_of(row: models.Model, column: str, value: Any) -> str:
    """A mark of one value on one row, different from row to row; without our key nobody tries values against it."""
    said = json.dumps([row._meta.label, row.pk, column, value], default=str)
    return keyed(hashlib.sha256(said.encode()).hexdigest()[:16])


def keyed(bare: str) -> str:
    """« k… »: the mark of a mark made without a key, as all were once."""
    return f"k{mark(bare, purpose='import')}"


def recall(rows: Iterable[models.Model]) -> dict[int, Prints]:
    """What was said of these rows of one table, by primary key."""
    by_pk = {row.pk: row for row in rows}
    if not by_pk:
        return {}
    kind = next(iter(by_pk.values()))._meta.label
    found = Received.objects.filter(kind=kind, row_id__in=list(by_pk))
    return dict(found.values_list("row_id", "prints"))


def told_as(rows: Iterable[T], recalled: Mapping[int, Prints], said: Mapping[str, Any]) -> T | None:
    """The row a file last told by these values, whatever it says now: what a line is known by may be corrected here."""
    for row in rows:
        prints = set(recalled.get(row.pk, {}).values())
        if all(print_of(row, column, value) in prints for column, value in said.items()):
            return row
    return None


def known_as(row: models.Model, **values: Any) -> None:
    """Call it when what lines know `row` by is corrected here, where no column holds it: they still speak of it."""
    said, _ = Received.objects.get_or_create(kind=row._meta.label, row_id=row.pk)
    marks = {column: print_of(row, column, value) for column, value in values.items()}
    said.prints |= {f"{column} {mark}": mark for column, mark in marks.items()}
    said.save(update_fields=["prints"])


def remember(prints: Iterable[tuple[models.Model, Prints]]) -> None:
    """Keep what the file said of each row."""
    Received.objects.bulk_create(
        [Received(kind=row._meta.label, row_id=row.pk, prints=said) for row, said in prints],
        update_conflicts=True,
        unique_fields=["kind", "row_id"],
        update_fields=["prints"],
        batch_size=200,
    )


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A row that came by a file and was taken back here: only prints are left of it, and the day it was."""

    row: models.Model
    prints: Prints
    on: date | None

    def was(self, column: str, value: Any) -> bool:
        """Whether a line that says this speaks of it."""
        return print_of(self.row, column, value) in self.prints.values()


def withdraw(
    row: models.Model,
    *,
    owner: models.Model,
    told: Iterable[str] = (),
    is_told_apart: bool = False,
    **known_by: Any,
) -> None:
    """Call it before `row` is deleted: the same line must not bring back what was taken back on purpose.

    `told` are columns by which a line is known as the file last said them, `known_by` what knows the row beside them;
    nothing else is kept. What no file ever said leaves nothing, save a table whose lines are not remembered one by one
    (`is_told_apart`).
    """
    said = Received.objects.filter(kind=row._meta.label, row_id=row.pk).first()
    if said is None:
        if not is_told_apart:
            return
        said = Received(kind=row._meta.label, row_id=row.pk)
    names = set(told)
    kept = {column: mark for column, mark in said.prints.items() if column.partition(" ")[0] in names}
    said.prints = kept | {column: print_of(row, column, value) for column, value in known_by.items() if value}
    said.owner_kind, said.owner_id = owner._meta.label, owner.pk
    said.withdrawn_on = timezone.localdate()
    said.save()


def withdrawn(
    model: type[models.Model], owner: type[models.Model], ids: Iterable[int] | None = None
) -> dict[int, list[Withdrawn]]:
    """What was taken back of one table, by the primary key of those it belonged to; all of them without `ids`."""
    found: dict[int, list[Withdrawn]] = defaultdict(list)
    rows = Received.objects.filter(kind=model._meta.label, owner_kind=owner._meta.label)
    if ids is not None:
        rows = rows.filter(owner_id__in=list(ids))
    for owner_id, row_id, prints, on in rows.values_list("owner_id", "row_id", "prints", "withdrawn_on"):
        found[owner_id or 0].append(Withdrawn(model(pk=row_id), prints, on))
    return found


def forget_the_gone() -> int:
    """Delete the prints of rows that no longer exist, so that nothing is left of whoever was erased.

    Those of a row taken back stay for as long as its owner.
    """
    deleted = 0
    for kind, owner_kind in Received.objects.values_list("kind", "owner_kind").distinct():
        of_kind = Received.objects.filter(kind=kind, owner_kind=owner_kind)
        field = "owner_id__in" if owner_kind else "row_id__in"
        try:
            alive = apps.get_model(owner_kind or kind)._base_manager.values("pk")
        except LookupError:
            deleted += of_kind.delete()[0]
        else:
            deleted += of_kind.exclude(**{field: alive}).delete()[0]
    return deleted
