"""Where sealed texts are kept: the columns of `Sealed` fields, found by themselves, and what others seal in JSON.

Each place gives its texts as stored, a slice at a time, and takes another seal in the place of the one it gave.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from django.apps import apps
from django.db import models
from django.db.models.functions import Cast

from backend.core.sealing.encryption import Sealed, Unread, is_sealed

Change = Callable[[str], str]


class Place(Protocol):
    """`rows`: keys and stored contents after a key, in order; `replace` writes unless it changed meanwhile."""

    @property
    def label(self) -> str: ...

    @property
    def context(self) -> str: ...

    def row_of(self, pk: Any) -> str: ...
    def rows(self, after: Any, size: int) -> list[tuple[Any, Any]]: ...
    def replace(self, pk: Any, before: Any, after: Any) -> bool: ...


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """One column whose whole content is a sealed text."""

    field: Sealed

    @property
    def label(self) -> str:
        """As the base calls it."""
        return self.field.context

    @property
    def context(self) -> str:
        """What its texts are bound to."""
        return self.field.context

    def row_of(self, pk: Any) -> str:
        """The key that its text is bound to."""
        return str(pk)

    def said(self, clear: str) -> str:
        """What the base made of a value in clear, as it is sealed."""
        return self.field.said_in_clear(clear)

    def in_clear(self, said: str) -> str:
        """What was sealed, as a column in clear holds it."""
        return self.field.in_clear(said)

    def _stored(self) -> models.QuerySet[Any]:
        # Read as plain text: the field itself would open it.
        return self.field.model._base_manager.annotate(stored=Cast(self.field.attname, models.TextField()))

    def rows(self, after: Any, size: int, *, unbound: bool = False) -> list[tuple[Any, Any]]:
        """Those that hold a text; with `unbound`, those not bound to their row yet."""
        held = {"stored__startswith": "v1:"} if unbound else {"stored__gt": ""}
        found = self._stored().filter(**held).order_by("pk")
        found = found if after is None else found.filter(pk__gt=after)
        return list(found.values_list("pk", "stored")[:size])

    def replace(self, pk: Any, before: Any, after: Any) -> bool:
        """Whether it still held `before`."""
        same = self._stored().filter(pk=pk, stored=before)
        return bool(same.update(**{self.field.attname: Unread(after)}))


@dataclass(frozen=True, slots=True)
class SealedJson:
    """One JSON column where some of the texts are sealed, all for the same context."""

    model: type[models.Model]
    column: str
    context: str

    @property
    def label(self) -> str:
        """As the base calls it."""
        return f"{self.model._meta.db_table}.{self.column}"

    def row_of(self, pk: Any) -> str:
        """None: what others seal knows its column only."""
        return ""

    def rows(self, after: Any, size: int) -> list[tuple[Any, Any]]:
        """Those that hold something."""
        found = self.model._base_manager.filter(**{f"{self.column}__isnull": False}).order_by("pk")
        found = found if after is None else found.filter(pk__gt=after)
        return list(found.values_list("pk", self.column)[:size])

    def replace(self, pk: Any, before: Any, after: Any) -> bool:
        """Whether it still held `before`."""
        held = self.model._base_manager.select_for_update().filter(pk=pk)
        if held.values_list(self.column, flat=True).first() != before:
            return False
        return bool(held.update(**{self.column: after}))


_OTHERS: list[Place] = []


def register(place: Place) -> None:
    """Add what is sealed elsewhere than in a field of ours; called once from `AppConfig.ready()`."""
    if place not in _OTHERS:
        _OTHERS.append(place)


def places() -> list[Place]:
    """Every place, in a stable order."""
    fields = (field for model in apps.get_models() for field in model._meta.local_fields)
    columns = [SealedColumn(field) for field in fields if isinstance(field, Sealed)]
    return sorted([*columns, *_OTHERS], key=lambda place: place.label)


def each_sealed(content: Any) -> Iterator[str]:
    """The sealed texts inside a stored content, whatever its shape."""
    match content:
        case str() if is_sealed(content):
            yield content
        case dict():
            for inner in content.values():
                yield from each_sealed(inner)
        case list():
            for inner in content:
                yield from each_sealed(inner)


def changed(content: Any, change: Change) -> Any:
    """The same content, each of its sealed texts changed."""
    match content:
        case str() if is_sealed(content):
            return change(content)
        case dict():
            return {key: changed(inner, change) for key, inner in content.items()}
        case list():
            return [changed(inner, change) for inner in content]
        case _:
            return content
