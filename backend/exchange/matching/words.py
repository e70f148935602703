"""What people write for a value, in our words: « H » is M, « chantier » is ACI, « x » is oui."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from backend.core.values.text import normalise
from backend.exchange.layout import EMPTYING, Column, Parts
from backend.exchange.values import YES_NO_WORDS, BadValue, boolean

_UNKNOWN = 30
"""How many unknown words of one column are asked about; beyond, it is not that column."""


def in_our_words(column: Column, cell: str, chosen: Mapping[str, str] | None = None) -> str:
    """The cell as our format writes it, first as somebody chose, then by the usual words of the column."""
    word = normalise(cell)
    if chosen and word in chosen:
        return chosen[word]
    usual = YES_NO_WORDS | dict(column.words) if column.read is boolean else column.words
    if not column.options or word not in usual:
        return cell
    return usual[word]


def unknown_words(column: Column, samples: Iterable[str], chosen: Mapping[str, str]) -> list[str]:
    """The values of a closed list that nobody knows yet, each once, as people wrote them; those chosen too."""
    found: dict[str, str] = {}
    if not column.options:
        return []
    for cell in samples:
        word = normalise(cell)
        if word not in found and cell != EMPTYING and (word in chosen or not _is_read(column, cell)):
            found[word] = cell
            if len(found) == _UNKNOWN:
                break
    return list(found.values())


def _is_read(column: Column, cell: str) -> bool:
    try:
        column.read(in_our_words(column, cell))
    except BadValue:
        return False
    return True


BAR = "|"
"""What stands between the parts of a cell, where somebody corrects how it was cut."""


def parts_of(column: Column, cell: str, chosen: Mapping[str, str] | None = None) -> Parts:
    """A cell that holds several of our columns, cut as somebody chose, else as the column cuts it."""
    said = (chosen or {}).get(normalise(cell), "")
    parts = tuple(part.strip() for part in said.split(BAR))
    if len(parts) == len(column.into) and any(parts):
        return Parts(parts)
    if column.splits is None or not cell:
        return Parts(("",) * len(column.into))
    return column.splits(cell)
