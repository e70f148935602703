"""What to put in each file and column, in the words people read: on screen, in docs/echange.md, in an empty workbook."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from backend.core.tables.exports import Column as Heading
from backend.core.tables.exports import Sheet, write_xlsx
from backend.exchange import registry
from backend.exchange.layout import FileLayout
from backend.exchange.scope import sent_layouts


@dataclass(frozen=True, slots=True)
class GuidedColumn:
    """One column, as the screen explains it."""

    name: str
    note: str
    is_compulsory: bool


@dataclass(frozen=True, slots=True)
class GuidedFile:
    """One file or sheet, as the screen explains it."""

    name: str
    note: str
    columns: tuple[GuidedColumn, ...]


def guide(layouts: Iterable[FileLayout] | None = None) -> list[GuidedFile]:
    """Each file a structure may send, in the order it is read."""
    return [
        GuidedFile(
            layout.title,
            layout.note,
            tuple(GuidedColumn(column.name, column.note, column.is_compulsory) for column in layout.columns),
        )
        for layout in (sent_layouts() if layouts is None else layouts)
    ]


def documentation() -> str:
    """The part of docs/echange.md that describes every file, column by column."""
    return "\n".join(_documented(file) for file in guide(registry.layouts()))


def _documented(file: GuidedFile) -> str:
    lines = [f"### `{file.name}.csv`", "", file.note, "", "| colonne | ce qu’on y met |", "|---|---|"]
    for column in file.columns:
        name = f"**{column.name}**" if column.is_compulsory else column.name
        lines.append(f"| {name} | {column.note} |")
    return "\n".join([*lines, ""])


def model_workbook() -> bytes:
    """An empty workbook: one sheet per file, its titles on the first row."""
    sheets = [
        Sheet(file.name, [Heading(column.name, lambda row: None) for column in file.columns], [])
        for file in guide()
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "modele.xlsx"
        for _ in write_xlsx(path, sheets):
            pass
        return path.read_bytes()
