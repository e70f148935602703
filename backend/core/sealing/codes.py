"""Coded values on health and justice, sealed one by one for their row: counts and filters open them first (0088).

A code has few values: a mark that the base could compare would be guessed by how often it comes back. So the base knows
nothing of them, not even their length, and whoever counts or sorts opens the rows of the scope asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db import models

from backend.core.sealing.encryption import OfItsRow, Opened, Sealed, Undecipherable, Unread
from backend.core.tables.among import among

M = TypeVar("M", bound=models.Model)
BLOCK = 32
"""Every value fills whole blocks: how long it is tells nothing of which it is."""


@dataclass(frozen=True, slots=True)
class OpenedValue:
    """A value just read that is not a text, with the row it was sealed for."""

    value: Any
    row: str = field(compare=False)
    sealed: str = field(compare=False)


class Stored(Unread):
    """A sealed value that goes from one base to another as it is: nobody reads it on the way."""

    __slots__ = ()


class _Code(OfItsRow):
    """The value when it was sealed for this row. One that does not open is never taken for another: asking for it fails.

    The row is read and saved all the same, and keeps what it holds.
    """

    def __set__(self, instance: models.Model, value: Any) -> None:
        if isinstance(value, Opened | OpenedValue):
            is_its_own = not value.row or value.row == str(instance.pk)
            said = str(value) if isinstance(value, Opened) else value.value
            value = said if is_its_own else Unread(value.sealed)
        instance.__dict__[self.field.attname] = value

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if isinstance(value, Unread) and not isinstance(value, Stored):
            raise Undecipherable(self.field.attname)
        return value


class SealedCode(Sealed):
    """What every sealed code does, whatever its type; in Python it is what it would be in clear."""

    descriptor_class = _Code
    block = BLOCK

    def get_internal_type(self) -> str:
        """A text, for the base."""
        return "TextField"

    def said(self, value: Any) -> str:
        """Padded, so that all are as long."""
        text = self.in_text(value)
        return text + " " * (-len(text.encode()) % self.block)

    def in_text(self, value: Any) -> str:
        """A value as a text."""
        return str(value)

    def of_text(self, text: str) -> Any:
        """The reverse of `in_text`; also of what the base made of a column that was in clear."""
        return text

    def in_clear(self, said: str) -> str:
        """Without what made it as long as the others."""
        return said.rstrip(" ")

    def said_in_clear(self, clear: str) -> str:
        """Whatever the base calls it: « true » or « 1 », spaces or not between the codes of a list."""
        return self.said(self.of_text(clear))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Open on the way out, the row it was sealed for beside it."""
        read = super().from_db_value(value, expression, connection)
        if not isinstance(read, Opened):
            return read
        said = self.of_text(self.in_clear(read))
        return (
            Opened(said, read.row, read.sealed)
            if isinstance(said, str)
            else OpenedValue(said, read.row, read.sealed)
        )


class SealedCharField(SealedCode, models.CharField):  # type: ignore[type-arg]
    """A code of a list."""


class SealedBooleanField(SealedCode, models.BooleanField):  # type: ignore[type-arg]
    """Yes or no; not known stays empty."""

    def in_text(self, value: Any) -> str:
        """One letter for both."""
        return "1" if self.to_python(value) else "0"

    def of_text(self, text: str) -> Any:
        """« true » is what PostgreSQL makes of a column that was in clear."""
        return text in {"1", "true"}


class SealedDateField(SealedCode, models.DateField):  # type: ignore[type-arg, misc]
    """A day."""

    def in_text(self, value: Any) -> str:
        """« 2026-11-02 »."""
        day: date = self.to_python(value)
        return day.isoformat()

    def of_text(self, text: str) -> Any:
        """The day."""
        return date.fromisoformat(text)


class SealedJSONField(SealedCode, models.JSONField):
    """A list or a table of codes; their number is not told either, as far as a block goes."""

    block = 256

    def in_text(self, value: Any) -> str:
        """As short as can be."""
        return json.dumps(value, separators=(",", ":"), cls=self.encoder)

    def of_text(self, text: str) -> Any:
        """What was said."""
        return json.loads(text, cls=self.decoder)


def own(value: Any, row: Any) -> Any:
    """A code read by `values_list`, once it is seen to be that of this row."""
    is_elsewhere = isinstance(value, Opened | OpenedValue) and value.row not in {"", str(row)}
    if isinstance(value, Unread) or is_elsewhere:
        raise Undecipherable
    if isinstance(value, OpenedValue):
        return value.value
    return str(value) if isinstance(value, Opened) else value


def of_its_row(column: SealedCode, stored: str, row: Any) -> Any:
    """A code as the base holds it, opened once it is seen to be that of this row: for who reads thousands of them."""
    return own(column.from_db_value(stored, None, None), row)


def saying(rows: models.QuerySet[M], name: str, values: Iterable[str]) -> models.QuerySet[M]:
    """Those whose sealed code is one of these: opened first, then asked for by their keys."""
    wanted = frozenset(values)
    found = rows.order_by().values_list("pk", name)
    return rows.filter(pk__in=among([pk for pk, code in found.iterator() if own(code, pk) in wanted]))
