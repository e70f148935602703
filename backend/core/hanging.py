"""What points to a row: what would be left without it if it went."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.db import models

from backend.core.wall.gates import Gate
from backend.core.wall.reach import lifted


def pointing_to(model: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """Every table and field that may point to a row of this one, hidden relations and lists of links included."""
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one):
            yield relation.related_model, relation.field.name  # type: ignore[misc, union-attr]


@lifted(Gate.HANGING)
def hanging_from(row: models.Model, *, apart_from: Collection[type[models.Model]] = ()) -> list[str]:
    """« 2 contrats », « 1 sortie »: what hangs from this row, table by table, in words; empty when nothing does."""
    found = []
    for model, field in pointing_to(type(row)):
        rows: Any = model._base_manager.filter(**{field: row.pk})
        if model not in apart_from and (count := rows.count()):
            found.append(counted(_of_people(model), count))
    return sorted(found)


def counted(model: type[models.Model], count: int) -> str:
    """« 1 contrat », « 2 contrats »."""
    return f"{count} {model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural}"


def _of_people(model: type[models.Model]) -> type[models.Model]:
    """The table people know: a list of links has no name of its own, the rows that hold the list have one."""
    return model._meta.auto_created or model  # type: ignore[return-value]
