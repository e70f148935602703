"""One table as somebody made it: where its titles are, what they say, and what there is to know before reading it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from backend.core.errors import DomainError
from backend.core.values.dates import NBSP
from backend.core.values.text import normalise
from backend.exchange.formats import csv_lines
from backend.exchange.formats.workbooks import told_rows

Row = tuple[int, list[str]]
HEADING_WITHIN = 10
"""How many rows may stand above the data, the titles included: the name of the table, its date, a blank."""
MAX_ROWS = 100_000
_NAME_OF = {";": "le point-virgule", ",": "la virgule", "\t": "la tabulation"}
_SEP_LINE = re.compile(r"\s*\"?sep=(.)\"?\s*", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?[0-9][0-9 .,/:\u00a0\u202f-]*[€%]?")


@dataclass(frozen=True, slots=True)
class Table:
    """What was sent, cut in rows: the neutral form every reader ends in.

    `name` is that of the file or of the sheet, `titles` one per column (two rows of titles are joined), `said` what
    the diagnosis tells, `broken` lines whose quotes cannot be followed.
    """

    key: str
    name: str
    titles: list[str]
    rows: list[Row]
    said: list[str] = field(default_factory=list)
    broken: list[tuple[int, str]] = field(default_factory=list)

    def samples(self, rank: int, most: int = 200) -> list[str]:
        """The first values of a column."""
        found = []
        for _, cells in self.rows:
            if rank < len(cells) and cells[rank]:
                found.append(cells[rank])
                if len(found) == most:
                    break
        return found


def table_of_csv(path: Path, *, key: str, name: str, knows: Callable[[str], bool]) -> Table:
    """The table of a csv, whatever its separator and its encoding."""
    lines, said = _decoded(path.read_bytes())
    separator = None
    if lines and (found := _SEP_LINE.fullmatch(lines[0])):
        separator, lines[0] = found[1], ""
        said.append(f"la première ligne annonce son séparateur, « {separator} »")
    first = [line for line in lines if line.strip()][:HEADING_WITHIN]
    separator = separator or max(
        (csv_lines.separator_of(line) for line in first), key=_weight(first), default=";"
    )
    said.append(f"il sépare les colonnes par {_NAME_OF.get(separator, f'« {separator} »')}")
    width = max((len(csv_lines.split(line, separator).cells) for line in first), default=1)
    rows, broken = [], []
    for record in csv_lines.records(
        lines,
        separator=separator,
        may_span=lambda rank: True,
        looks_like_a_line=lambda cells: len(cells) >= width > 1,
    ):
        if record.problem:
            broken.append((record.first, record.problem))
        else:
            rows.append((record.first, [clean(cell) for cell in record.cells]))
    return _table(key, name, rows, said, broken, knows)


def _weight(lines: list[str]) -> Callable[[str], int]:
    return lambda mark: sum(line.count(mark) for line in lines)


def table_of_sheet(
    path: Path, sheet: str, *, key: str, is_hidden: bool, knows: Callable[[str], bool]
) -> Table:
    """The table of one sheet of a workbook."""
    rows = [(number, [clean(cell) for cell in cells]) for number, cells in told_rows(path, sheet)]
    said = [f"la feuille « {sheet} » est masquée"] if is_hidden else []
    return _table(key, f"la feuille « {sheet} »", rows, said, [], knows)


def clean(cell: str) -> str:
    """A cell without the spaces around it, hard ones and invisible marks included."""
    return cell.replace("\ufeff", "").replace("\u200b", "").strip(" \t\r\n\u00a0\u202f")


def _table(
    key: str,
    name: str,
    rows: list[Row],
    said: list[str],
    broken: list[tuple[int, str]],
    knows: Callable[[str], bool],
) -> Table:
    rows = [(number, _trimmed(cells)) for number, cells in rows]
    rows = [(number, cells) for number, cells in rows if cells]
    if len(rows) > MAX_ROWS:
        raise DomainError(
            "too_many_rows",
            f"Un de ces tableaux compte plus de {MAX_ROWS:,} lignes. Coupez-le en plusieurs fichiers.".replace(
                ",", NBSP
            ),
            field="spreadsheets",
        )
    rank, is_double = _heading(rows, knows)
    if rank:
        count = rank - int(is_double)
        if count:
            said.append(
                f"{'une ligne' if count == 1 else f'{count} lignes'} au-dessus des titres {'a été passée' if count == 1 else 'ont été passées'}"
            )
    if is_double:
        said.append("ses titres tiennent sur deux lignes, lues ensemble")
    titles = _joined(rows[rank - 1][1], rows[rank][1]) if is_double else (rows[rank][1] if rows else [])
    data = rows[rank + 1 :]
    width = max((len(cells) for _, cells in data), default=0)
    titles = [*titles, *[""] * (width - len(titles))]
    twice = sorted({title for title in titles if title and titles.count(title) > 1})
    if twice:
        said.append(f"deux colonnes portent le même titre : {', '.join(f'« {title} »' for title in twice)}")
    return Table(key, name, titles, data, said, broken)


def _trimmed(cells: list[str]) -> list[str]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _heading(rows: list[Row], knows: Callable[[str], bool]) -> tuple[int, bool]:
    """Which row holds the titles, and whether the one above belongs to them."""
    first = [cells for _, cells in rows[:HEADING_WITHIN]]
    if not first:
        return 0, False
    scores = [_likeness(cells, knows) for cells in first]
    rank = max(range(len(first)), key=lambda each: (scores[each], -each))
    is_double = rank > 0 and _is_above(first[rank - 1], first[rank], knows)
    # The wider row of two says the columns: « Contrat | | » over « Début | Fin ».
    if not is_double and rank + 1 < len(first) and _is_above(first[rank], first[rank + 1], knows):
        has_titles = sum(knows(cell) for cell in first[rank + 1]) >= 2
        if has_titles:
            return rank + 1, True
    return rank, is_double


def _likeness(cells: list[str], knows: Callable[[str], bool]) -> float:
    """How much a row looks like titles: known ones above all, then words side by side."""
    filled = [cell for cell in cells if cell]
    words = [cell for cell in filled if not _NUMBER.fullmatch(cell) and len(cell) <= 60]
    if len(words) < len(filled) or len(set(map(normalise, words))) < 2:
        return sum(knows(cell) for cell in words) * 0.5
    return sum(knows(cell) for cell in words) * 3 + len(words) * 0.1


def _is_above(top: list[str], bottom: list[str], knows: Callable[[str], bool]) -> bool:
    """Whether a row groups the titles below it: several words, each over columns of its own or holding one alone."""
    filled = [cell for cell in top if cell]
    if len(filled) < 2 or any(_NUMBER.fullmatch(cell) for cell in (*filled, *bottom) if cell):
        return False
    holes = [rank for rank, cell in enumerate(bottom) if not cell and rank < len(top) and top[rank]]
    spans = [rank for rank, cell in enumerate(bottom) if cell and (rank >= len(top) or not top[rank])]
    return bool(spans or holes) and all(knows(top[rank]) or len(holes) < len(bottom) / 2 for rank in holes)


def _joined(top: list[str], bottom: list[str]) -> list[str]:
    """Two rows of titles as one: a group is said of every column under it."""
    titles, group = [], ""
    for rank in range(max(len(top), len(bottom))):
        above = top[rank] if rank < len(top) else ""
        below = bottom[rank] if rank < len(bottom) else ""
        group = above or group
        titles.append(f"{group} {below}".strip() if below else above)
    return titles


def _decoded(content: bytes) -> tuple[list[str], list[str]]:
    """Physical lines as text, and how they were read."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace").splitlines(), ["il est écrit en UTF-16"]
    lines = content.removeprefix(codecs.BOM_UTF8).splitlines()
    older = csv_lines.older_encoding(lines)
    read = list(_as_text(lines, older.codec))
    is_old = any(is_old for _, is_old in read)
    return [line for line, _ in read], [f"il est écrit en {older.name if is_old else 'UTF-8'}"]


def _as_text(lines: list[bytes], codec: str) -> Iterator[tuple[str, bool]]:
    for line in lines:
        try:
            yield line.decode("utf-8"), False
        except UnicodeDecodeError:
            yield line.decode(codec, errors="replace"), True
