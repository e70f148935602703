"""The one structure a spreadsheet is taken in for: its ids are its own, and every line belongs to it.

Two structures number their people the same way. Each id sent is therefore kept behind the mark of its structure,
put there as the cell is read: nothing further on can find, by guessing an id, a row that another structure sent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from backend.exchange import registry, values
from backend.exchange.cells import ID
from backend.exchange.layout import Column, FileLayout
from backend.exchange.structures import FILES as FILES_OF_STRUCTURES
from backend.exchange.structures import STRUCTURE_COLUMN
from backend.exchange.values import BadValue

MAX_ID = 150
"""Longest id a structure may send: its mark is kept in the same field."""

OURS = "passerelles-"
"""What stands before the number of a row that was typed here, when it is written in a file of its structure."""

OUT_OF_SCOPE = frozenset(layout.name for layout in FILES_OF_STRUCTURES)
"""Files about structures themselves: they are settled on the page of the team."""


@dataclass(frozen=True, slots=True)
class Scope:
    """One structure, and the mark its ids are kept behind."""

    organisation_id: int

    @property
    def prefix(self) -> str:
        """What stands before each id this structure sent."""
        return f"s{self.organisation_id}:"

    def id_of(self, row: Any) -> str:
        """The id a row is known by: what this structure sent, else ours, behind the same mark."""
        own: str = row.external_id
        return own if own.startswith(self.prefix) else f"{self.prefix}{OURS}{row.pk}"

    def id_sent(self, row: Any) -> str:
        """The same, as a file of this structure writes it."""
        return self.id_of(row).removeprefix(self.prefix)

    def layout(self, layout: FileLayout) -> FileLayout:
        """The file as this structure sends it: ids read behind its mark, one structure whatever its name there."""
        sent = without_structure(layout)
        own = tuple(
            replace(column, read=self._own_id) if column.read is ID else column for column in sent.columns
        )
        if len(sent.columns) < len(layout.columns):
            own = (*own, Column(STRUCTURE_COLUMN, _OnlyOne(), ""))
        return replace(sent, columns=own)

    def _own_id(self, cell: str) -> str:
        return self.prefix + _short_id(ID(cell))


class _OnlyOne:
    """Reads the structure of each line: whichever it is, the same all along, or lines of another would slip in."""

    def __init__(self) -> None:
        self._first: str | None = None

    def __call__(self, cell: str) -> str:
        self._first = self._first or cell
        if cell != self._first:
            raise BadValue(
                "cette ligne est d’une autre structure que les précédentes",
                "Envoyez les lignes d’une seule structure à la fois.",
            )
        return cell


_short_id = values.text(MAX_ID)


def without_structure(layout: FileLayout) -> FileLayout:
    """The file without what names a structure."""
    return replace(
        layout,
        columns=tuple(column for column in layout.columns if column.name != STRUCTURE_COLUMN),
        key=tuple(name for name in layout.key if name != STRUCTURE_COLUMN),
        points_to=tuple(name for name in layout.points_to if name not in OUT_OF_SCOPE),
    )


def sent_layouts() -> tuple[FileLayout, ...]:
    """What a structure may send, in the order it is read."""
    return tuple(
        without_structure(layout) for layout in registry.layouts() if layout.name not in OUT_OF_SCOPE
    )
