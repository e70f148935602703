"""Seal a column that was in clear, and back: what a migration calls, a slice at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from backend.core.sealing.encryption import decrypt, encrypt, is_sealed
from backend.core.sealing.places import SealedColumn

SLICE = 2_000


def seal(*columns: tuple[str, str, str]) -> Callable[[Any, Any], None]:
    """A step of a migration: the texts of these columns (app, model, field) are sealed for their rows; twice is once."""

    def sealed(place: SealedColumn, pk: Any, text: str) -> str:
        return (
            text
            if is_sealed(text)
            else encrypt(place.said(text), context=place.context, row=place.row_of(pk))
        )

    return _each(columns, sealed)


def unseal(*columns: tuple[str, str, str]) -> Callable[[Any, Any], None]:
    """The reverse step: the texts are written in clear again."""

    def clear(place: SealedColumn, pk: Any, text: str) -> str:
        return place.in_clear(decrypt(text, context=place.context)) if is_sealed(text) else text

    return _each(columns, clear)


def _each(
    columns: tuple[tuple[str, str, str], ...], change: Callable[[SealedColumn, Any, str], str]
) -> Callable[[Any, Any], None]:
    def step(apps: Any, schema_editor: Any) -> None:
        for app, model, name in columns:
            place, after = SealedColumn(apps.get_model(app, model)._meta.get_field(name)), None
            while rows := place.rows(after, SLICE):
                for pk, text in rows:
                    place.replace(pk, text, change(place, pk, text))
                after = rows[-1][0]
        if schema_editor is not None and schema_editor.connection.vendor == "postgresql":
            # A row written twice waits for its links to be looked at: look now, the same step may change its table.
            schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")

    return step
