"""Reading one file of the bundle, line by line, without ever giving up on the lines that are good."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from backend.core.values.identifiers import is_error_text
from backend.core.values.text import tight
from backend.core.values.written_days import has_short_year
from backend.exchange.cells import escaped, literal
from backend.exchange.formats import csv_lines
from backend.exchange.layout import EMPTIED, EMPTYING, Column, FileLayout
from backend.exchange.report import Fault, Report
from backend.exchange.values import BadValue

MAX_CELL = 1_000_000
ODD_SEPARATORS = "|:~^"
"""What nobody reads as a separator, and some export with."""
HEADING_WITHIN = 10
"""How many rows may stand above the titles, the titles included: the name of the table, its date, a blank."""


class Unreadable(Exception):
    """A file that cannot be read at all: what is wrong, and what to do about it."""

    def __init__(self, problem: str, what_to_do: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.what_to_do = what_to_do


@dataclass(frozen=True, slots=True)
class Line:
    """One line read: its number in the file, and a value per column of the layout.

    None when the cell was empty or the column absent, `EMPTIED` when it says to empty what is known.
    """

    number: int
    values: dict[str, Any]

    def __getitem__(self, column: str) -> Any:
        value = self.values.get(column)
        return None if value is EMPTIED else value

    def text(self, column: str) -> str:
        """The value, empty text when the cell was empty or the column absent."""
        return self[column] or ""


Row = tuple[int, list[str]]
Source = Callable[[FileLayout, Report], Iterator[Row]]
"""Where the rows of one file come from: each with its number, its cells as text, blank rows left out."""


def read_lines(source: Source, layout: FileLayout, report: Report, *, absent: list[str]) -> list[Line]:
    """The good lines of a file; each faulty one is in the report, and a file that cannot be read too.

    `absent` are the files it points to that were not sent: without them none of its lines can be placed.
    """
    tally = report.tally(layout.name)
    try:
        rows = list(source(layout, report))
    except Unreadable as bad:
        _refuse_file(layout, report, bad.problem, bad.what_to_do)
        return []
    if not rows:
        _refuse_file(layout, report, "le fichier est vide", "Ajoutez au moins la ligne des titres.")
        return []
    rank = _heading(rows, layout, report)
    (number, header), lines = rows[rank], rows[rank + 1 :]
    tally.read += len(lines)
    for name in absent:
        _refuse_file(layout, report, f"ce fichier renvoie à {name}, absent", f"Ajoutez {name}.")
    titles = layout.meant_by(header)
    for title, name in zip(header, titles, strict=True):
        report.headings.setdefault((layout.name, name), title.strip())
    _say_untitled(titles, number, lines, layout, report)
    if not _titles_are_fine(header, titles, number, layout, report) or absent:
        return []
    return list(_good_lines(titles, lines, layout, report))


def _heading(rows: list[Row], layout: FileLayout, report: Report) -> int:
    """Where the titles are: the first row, or a little lower under the name of the table."""
    rank = layout.heading_rank(cells for _, cells in rows[:HEADING_WITHIN]) or 0
    for number, _ in rows[:rank]:
        problem = "ligne au-dessus des titres ignorée"
        report.notice(Fault(layout.name, number, "", "", problem, "Rien à faire."))
    return rank


def _header_of(lines: list[str], layout: FileLayout) -> str:
    """The same among lines not cut yet: each with the separator it seems to have."""
    first = [line for line in lines if line.strip()][:HEADING_WITHIN]
    rows = [csv_lines.split(line, csv_lines.separator_of(line)).cells for line in first]
    return first[layout.heading_rank(rows) or 0] if first else ""


def _say_untitled(
    titles: list[str], number: int, lines: list[Row], layout: FileLayout, report: Report
) -> None:
    """A column without a title is left out, and said when it holds something."""
    for rank, title in enumerate(titles):
        if not title and any(rank < len(cells) and cells[rank].strip() for _, cells in lines):
            problem = f"colonne {rank + 1} sans titre : ignorée"
            what_to_do = "Rien à faire si elle n’est pas utile ici ; sinon donnez-lui un titre."
            report.notice(Fault(layout.name, number, "", "", problem, what_to_do))


def csv_rows(path: Path) -> Source:
    """Rows of a csv with the number of their first physical line; blank lines are skipped."""

    def rows(layout: FileLayout, report: Report) -> Iterator[Row]:
        content = _content(path)
        if (quoted := _fully_quoted(content)) is not None:
            yield from ((record.first, record.cells) for record in quoted)
            return
        lines = _decoded(content, layout, report)
        header = _header_of(lines, layout)
        separator = csv_lines.separator_of(header)
        titles = layout.meant_by(csv_lines.split(header, separator).cells)
        is_header = True
        for record in csv_lines.records(
            lines,
            separator=separator,
            may_span=lambda rank: _is_long_text(titles, rank, layout),
            looks_like_a_line=lambda cells: _looks_like_a_line(titles, cells, layout),
        ):
            if record.problem and is_header:
                raise Unreadable(f"{record.problem} : ce sont les titres", "Retirez ce guillemet.")
            is_header = False
            if record.problem:
                _set_aside(record, separator, titles, layout, report)
                continue
            if record.last > record.first:
                problem = (
                    f"lignes {record.first} à {record.last} lues ensemble : un texte sur plusieurs lignes"
                )
                what_to_do = "Rien à faire si c’est bien un seul texte."
                report.notice(Fault(layout.name, record.first, "", "", problem, what_to_do))
            yield record.first, record.cells

    return rows


def _is_long_text(titles: list[str], rank: int, layout: FileLayout) -> bool:
    return rank < len(titles) and any(
        column.is_long_text and column.name == titles[rank] for column in layout.columns
    )


def _looks_like_a_line(titles: list[str], cells: list[str], layout: FileLayout) -> bool:
    """Whether these cells have the width of the table, or fill by themselves what every line must fill."""
    if len(cells) >= len(titles) > 1:
        return True
    found = dict(zip(titles, (cell.strip() for cell in cells), strict=False))
    compulsory = [column for column in layout.columns if column.is_compulsory]
    return bool(compulsory) and all(_can_be_read(column, found.get(column.name, "")) for column in compulsory)


def _can_be_read(column: Column, cell: str) -> bool:
    try:
        return _value(column, cell) is not None
    except BadValue:
        return False


def _set_aside(
    record: csv_lines.Record, separator: str, titles: list[str], layout: FileLayout, report: Report
) -> None:
    report.tally(layout.name).read += 1
    rank = len(record.cells) - 1
    column = titles[rank] if rank < len(titles) else ""
    # What the stray quote took in is cut again, only to tell which line this was.
    rest = record.cells[-1].split(separator)
    cells = dict(zip(titles, [*record.cells[:-1], *rest], strict=False))
    what_to_do = (
        "Fermez ou retirez ce guillemet ; dans un texte entre guillemets, doublez ceux qui en font partie."
    )
    fault = Fault(layout.name, record.first, column, record.cells[-1], record.problem, what_to_do)
    report.refuse(fault, row_id=cells.get("id", "").strip())


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(
            "le fichier ne s’ouvre pas", "Vérifiez que c’est bien un fichier csv lisible."
        ) from error


def _fully_quoted(content: bytes) -> list[csv_lines.Record] | None:
    """The records of a file in UTF-8 that quotes every cell; None for any other."""
    body = content.removeprefix(codecs.BOM_UTF8)
    if not body.startswith(csv_lines.QUOTE.encode()):
        return None
    try:
        return csv_lines.fully_quoted(body.decode())
    except UnicodeDecodeError:
        return None


def _decoded(content: bytes, layout: FileLayout, report: Report) -> list[str]:
    """Physical lines as text: UTF-8 or UTF-16, else what older French spreadsheets write, said in the report."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        content = content.decode("utf-16", errors="replace").encode()
    lines = content.removeprefix(codecs.BOM_UTF8).splitlines()
    older = csv_lines.older_encoding(lines)
    return [_line_as_text(number, raw, older, layout, report) for number, raw in enumerate(lines, start=1)]


def _line_as_text(
    number: int, raw: bytes, older: csv_lines.Encoding, layout: FileLayout, report: Report
) -> str:
    try:
        line = raw.decode("utf-8")
    except UnicodeDecodeError:
        line = raw.decode(older.codec, errors="replace")
        problem = f"ligne lue comme {older.name}"
        report.notice(Fault(layout.name, number, "", "", problem, "Enregistrez le fichier en UTF-8."))
    return line


def _titles_are_fine(
    header: list[str], titles: list[str], number: int, layout: FileLayout, report: Report
) -> bool:
    """Refuse a file without a compulsory column; say which columns are ignored."""
    known = {column.name for column in layout.columns}
    for title, name in zip(header, titles, strict=True):
        if name not in known and name:
            what_to_do = "Rien à faire si elle n’est pas utile ici."
            report.notice(Fault(layout.name, number, title.strip(), "", "colonne ignorée", what_to_do))
    missing = layout.lacking(titles)
    mark = next((mark for mark in ODD_SEPARATORS if len(titles) == 1 and mark in titles[0]), None)
    if missing and mark:
        problem = f"les colonnes sont séparées par « {mark} »"
        _refuse_file(layout, report, problem, "Enregistrez le fichier en csv séparé par des points-virgules.")
        return False
    repeated = sorted({title for title in titles if title in known and titles.count(title) > 1})
    for name in missing:
        _refuse_file(layout, report, "colonne obligatoire absente", "Ajoutez la colonne.", column=name)
    for name in repeated:
        _refuse_file(layout, report, "colonne présente deux fois", "Gardez-en une seule.", column=name)
    return not missing and not repeated


def _refuse_file(
    layout: FileLayout, report: Report, problem: str, what_to_do: str, *, column: str = ""
) -> None:
    report.refuse(Fault(layout.name, 0, column, "", problem, what_to_do))


def _good_lines(titles: list[str], rows: list[Row], layout: FileLayout, report: Report) -> Iterator[Line]:
    seen: dict[tuple[Any, ...], int] = {}
    for number, row in rows:
        line = _line(titles, number, row, layout, report)
        if line is None:
            continue
        key = layout.line_key(line)
        if key is not None and key in seen:
            problem = f"cette ligne répète la ligne {seen[key]}"
            column = layout.key[0]
            report.refuse(
                Fault(layout.name, number, column, str(line[column] or ""), problem, layout.repeated)
            )
            continue
        if key is not None:
            seen[key] = number
        yield line


def _line(titles: list[str], number: int, row: list[str], layout: FileLayout, report: Report) -> Line | None:
    """One line with every cell read, or None when any of them could not be."""
    cells = {title: cell.strip() for title, cell in zip(titles, row, strict=False)}
    row_id = cells.get("id", "")
    if len(row) > len(titles) and any(cell.strip() for cell in row[len(titles) :]):
        problem, what_to_do = (
            "trop de colonnes sur cette ligne",
            "Mettez entre guillemets un texte qui contient « ; ».",
        )
        report.refuse(Fault(layout.name, number, "", "", problem, what_to_do), row_id=row_id)
        return None
    values: dict[str, Any] = {}
    is_good = True
    for column in layout.columns:
        cell = cells.get(column.name, "")
        try:
            is_replaced = not cell and bool(cells.get(layout.instead.get(column.name, ""), ""))
            values[column.name] = None if is_replaced else _value(column, cell)
        except BadValue as bad:
            fault = Fault(layout.name, number, column.name, cell, bad.problem, bad.what_to_do)
            report.refuse(fault, row_id=row_id)
            is_good = False
    if not is_good:
        _note_about(cells, number, layout, report)
        return None
    for name, value in values.items():
        if isinstance(value, str) and _lost_its_zero(cells.get(name, ""), value):
            problem = f"le zéro de tête, perdu par le tableur, a été remis : {value}"
            report.notice(
                Fault(layout.name, number, name, cells[name], problem, "Rien à faire si c’est juste.")
            )
    for column in layout.columns:
        if isinstance(values[column.name], date) and has_short_year(cells.get(column.name, "")):
            said = f"{values[column.name]:%d/%m/%Y}"
            problem = f"année écrite sur deux chiffres : lue {said}"
            fault = Fault(
                layout.name, number, column.name, cells[column.name], problem, "Rien à faire si c’est juste."
            )
            report.notice(fault)
    return Line(number, values)


def _note_about(cells: dict[str, str], number: int, layout: FileLayout, report: Report) -> None:
    """Remember whom a refused line spoke of: what hangs on it is told which line to mend."""
    for column in layout.columns:
        if column.refers_to is not None and column.name != "id" and cells.get(column.name):
            report.tally(layout.name).refused_about.setdefault(cells[column.name], number)


def _lost_its_zero(cell: str, value: str) -> bool:
    """Whether what was read is what was sent, its first zero put back."""
    return value.startswith("0") and value == f"0{tight(cell)}".upper()


def _value(column: Column, cell: str) -> Any:
    """What a cell says: None changes nothing, `EMPTIED` empties what is known."""
    if not cell:
        if column.is_compulsory:
            raise BadValue("valeur obligatoire absente", "Remplissez cette cellule.")
        return None
    if len(cell) > MAX_CELL:
        raise BadValue("texte trop long", "Raccourcissez ce texte.")
    if "\x00" in cell:
        raise BadValue("caractère illisible", "Enregistrez le fichier en UTF-8 depuis le tableur.")
    text = literal(cell)
    if text is not None:
        return column.read(text)
    if cell == EMPTYING:
        return _emptied(column)
    if is_error_text(cell):
        raise BadValue("erreur du tableur", "Écrivez la valeur, ou laissez vide.")
    try:
        return column.read(cell)
    except BadValue:
        if cell.upper() == EMPTYING:  # in small letters it is the order wherever it can be nothing else
            return _emptied(column)
        raise


def _emptied(column: Column) -> Any:
    if column.is_compulsory:
        problem = "cette valeur ne peut pas être vidée"
        raise BadValue(
            problem, f"Écrivez la bonne valeur ; si c’est bien ce mot, écrivez {escaped(EMPTYING)}."
        )
    return EMPTIED
