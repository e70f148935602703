"""What joining writes, row by row, so that each line can be undone: values put in the place of others, rows set aside."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models

from backend.core.joining.values import given_back, kept

Pair = tuple[Any, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One row: values replaced (`was`, `now`), or, when `whole` holds all it said, the row itself set aside."""

    label: str
    pk: Any
    values: dict[str, Pair] = field(default_factory=dict)
    whole: dict[str, Any] | None = None

    @property
    def model(self) -> type[models.Model]:
        """The table of the row."""
        return apps.get_model(self.label)

    @property
    def rows(self) -> models.QuerySet[Any]:
        """The row, as something to change."""
        return self.model._base_manager.filter(pk=self.pk)


def set_aside(row: models.Model) -> Change:
    """The row goes, all it says is remembered."""
    return Change(
        row._meta.label,
        row.pk,
        whole={each.attname: getattr(row, each.attname) for each in stored_fields(row)},
    )


def stored_fields(row: models.Model | type[models.Model]) -> Iterator[models.Field[Any, Any]]:
    """Fields that we write; what the base computes is its own."""
    return (each for each in row._meta.concrete_fields if not isinstance(each, models.GeneratedField))


def apply(changes: Iterable[Change]) -> None:
    """Write them: what goes first makes room for what is moved."""
    ordered = list(changes)
    for change in ordered:
        if change.whole is not None:
            change.rows._raw_delete(change.rows.db)
    for change in ordered:
        if change.values:
            change.rows.update(**{name: now for name, (_, now) in change.values.items()})


def dumped(changes: Iterable[Change]) -> str:
    """The changes as one text, to be sealed."""
    return json.dumps([_as_json(change) for change in changes], ensure_ascii=False)


def loaded(text: str) -> list[Change]:
    """The same, read again; a table that no longer exists takes its lines with it."""
    return [_from_json(each) for each in json.loads(text) if _is_there(each["table"])]


def _is_there(label: str) -> bool:
    return any(model._meta.label == label for model in apps.get_models())


def _as_json(change: Change) -> dict[str, Any]:
    fields = {each.attname: each for each in stored_fields(change.model)}
    pk = kept(change.model._meta.pk, change.pk)  # type: ignore[arg-type]
    if change.whole is not None:
        whole = {name: kept(fields[name], value) for name, value in change.whole.items()}
        return {"table": change.label, "pk": pk, "whole": whole}
    values = {name: [kept(fields[name], each) for each in pair] for name, pair in change.values.items()}
    return {"table": change.label, "pk": pk, "values": values}


def _from_json(told: dict[str, Any]) -> Change:
    model = apps.get_model(told["table"])
    fields = {each.attname: each for each in stored_fields(model)}
    pk = given_back(model._meta.pk, told["pk"])  # type: ignore[arg-type]
    if "whole" in told:
        whole = {name: given_back(fields[name], v) for name, v in told["whole"].items() if name in fields}
        return Change(told["table"], pk, whole=whole)
    values = {
        name: (given_back(fields[name], was), given_back(fields[name], now))
        for name, (was, now) in told["values"].items()
        if name in fields
    }
    return Change(told["table"], pk, values)
