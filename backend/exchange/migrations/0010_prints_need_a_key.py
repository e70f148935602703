"""Prints of what files said take a key: few values are possible, and each could be tried against a print made without (0088)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations

from backend.core.sealing.pseudonyms import mark

SLICE = 2_000


def take_a_key(apps: Any, schema_editor: Any) -> None:
    """Each print becomes the mark of itself, a slice at a time; twice is once."""
    table, after = apps.get_model("exchange", "Received"), 0
    while rows := list(table.objects.filter(pk__gt=after).order_by("pk")[:SLICE]):
        for row in rows:
            row.prints = {_title(column): _print(said) for column, said in row.prints.items()}
        table.objects.bulk_update(rows, ["prints"], batch_size=200)
        after = rows[-1].pk


def _print(said: str) -> str:
    return said if said.startswith("k") else f"k{mark(said, purpose='import')}"


def _title(column: str) -> str:
    """« jour 3fa2… »: one of several prints of a column carries its own beside the name."""
    name, apart, said = column.partition(" ")
    return f"{name} {_print(said)}" if apart else column


class Migration(migrations.Migration):
    dependencies: ClassVar = [("exchange", "0009_import_restarts")]

    operations: ClassVar = [migrations.RunPython(take_a_key, migrations.RunPython.noop)]
