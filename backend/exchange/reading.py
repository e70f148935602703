"""Reading one file of the bundle, line by line, without ever giving up on the lines that are good."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backend.exchange.layout import FileLayout
from backend.exchange.report import Fault, Report
from backend.exchange.values import BadValue

MAX_LINE = 1_000_000
csv.field_size_limit(MAX_LINE)


class Unreadable(Exception):
    """A file that cannot be read at all: what is wrong, and what to do about it."""

    def __init__(self, problem: str, what_to_do: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.what_to_do = what_to_do


@dataclass(frozen=True, slots=True)
class Line:
    """One line read: its number in the file, and a value per column of the layout (None when empty)."""

    number: int
    values: dict[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.values[column]

    def text(self, column: str) -> str:
        """The value, empty text when the cell was empty or the column absent."""
        return self.values[column] or ""


Row = tuple[int, list[str]]
Source = Callable[[FileLayout, Report], Iterator[Row]]
"""Where the rows of one file come from: each with its number, its cells as text, blank rows left out."""


def read_lines(source: Source, layout: FileLayout, report: Report) -> list[Line]:
    """The good lines of a file; each faulty one is in the report, and a file that cannot be read too."""
    try:
        rows = list(source(layout, report))
    except csv.Error:
        problem = "le fichier n’est pas un csv lisible : guillemets ou lignes abîmés"
        return _refuse_file(layout, report, problem, "Enregistrez-le de nouveau en csv depuis le tableur.")
    except Unreadable as bad:
        return _refuse_file(layout, report, bad.problem, bad.what_to_do)
    if not rows:
        return _refuse_file(layout, report, "le fichier est vide", "Ajoutez au moins la ligne des titres.")
    (_, header), lines = rows[0], rows[1:]
    titles = [title.strip().lower() for title in header]
    if not _titles_are_fine(titles, layout, report):
        return []
    report.tally(layout.name).read = len(lines)
    return list(_good_lines(titles, lines, layout, report))


def csv_rows(path: Path) -> Source:
    """Rows of a csv with the number of their first physical line; blank lines are skipped."""

    def rows(layout: FileLayout, report: Report) -> Iterator[Row]:
        return _rows(path, layout, report)

    return rows


def _rows(path: Path, layout: FileLayout, report: Report) -> Iterator[Row]:
    reader = csv.reader(_decoded(path, layout, report), delimiter=";", strict=False)
    begins = 1
    for row in reader:
        if any(cell.strip() for cell in row):
            yield begins, row
        begins = reader.line_num + 1


def _decoded(path: Path, layout: FileLayout, report: Report) -> Iterator[str]:
    """Physical lines as text: UTF-8, else what older French spreadsheets write, said in the report."""
    with path.open("rb") as stream:
        for number, raw in enumerate(stream, start=1):
            raw = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
            try:
                line = raw.decode("utf-8")
            except UnicodeDecodeError:
                line = raw.decode("cp1252", errors="replace")
                problem = "ligne lue comme Windows-1252"
                report.notice(Fault(layout.name, number, "", "", problem, "Enregistrez le fichier en UTF-8."))
            yield line.replace("\x00", "\ufffd")


def _titles_are_fine(titles: list[str], layout: FileLayout, report: Report) -> bool:
    """Refuse a file without a compulsory column; say which columns are ignored."""
    known = {column.name for column in layout.columns}
    for title in titles:
        if title not in known:
            report.notice(
                Fault(
                    layout.name, 1, title, "", "colonne ignorée", "Rien à faire si elle n’est pas utile ici."
                )
            )
    missing = [name for name in layout.compulsory if name not in titles]
    repeated = sorted({title for title in titles if title in known and titles.count(title) > 1})
    for name in missing:
        _refuse_file(layout, report, "colonne obligatoire absente", "Ajoutez la colonne.", column=name)
    for name in repeated:
        _refuse_file(layout, report, "colonne présente deux fois", "Gardez-en une seule.", column=name)
    return not missing and not repeated


def _refuse_file(
    layout: FileLayout, report: Report, problem: str, what_to_do: str, *, column: str = ""
) -> list[Line]:
    report.refuse(Fault(layout.name, 0, column, "", problem, what_to_do))
    return []


def _good_lines(titles: list[str], rows: list[Row], layout: FileLayout, report: Report) -> Iterator[Line]:
    seen: dict[tuple[Any, ...], int] = {}
    for number, row in rows:
        line = _line(titles, number, row, layout, report)
        if line is None:
            continue
        key = tuple(line[column] for column in layout.key)
        if key in seen:
            problem = f"cette ligne répète la ligne {seen[key]}"
            fault = Fault(
                layout.name, number, layout.key[0], str(key[0]), problem, "Gardez une seule des deux lignes."
            )
            report.refuse(fault)
            continue
        seen[key] = number
        yield line


def _line(titles: list[str], number: int, row: list[str], layout: FileLayout, report: Report) -> Line | None:
    """One line with every cell read, or None when any of them could not be."""
    if len(row) > len(titles) and any(cell.strip() for cell in row[len(titles) :]):
        problem, what_to_do = (
            "trop de colonnes sur cette ligne",
            "Mettez entre guillemets un texte qui contient « ; ».",
        )
        report.refuse(Fault(layout.name, number, "", "", problem, what_to_do))
        return None
    cells = {title: cell.strip() for title, cell in zip(titles, row, strict=False)}
    values: dict[str, Any] = {}
    is_good = True
    for column in layout.columns:
        cell = cells.get(column.name, "")
        try:
            values[column.name] = _value(column.parse, cell, column.is_compulsory)
        except BadValue as bad:
            report.refuse(Fault(layout.name, number, column.name, cell, bad.problem, bad.what_to_do))
            is_good = False
    return Line(number, values) if is_good else None


def _value(parse: Any, cell: str, is_compulsory: bool) -> Any:
    if cell:
        return parse(cell)
    if is_compulsory:
        raise BadValue("valeur obligatoire absente", "Remplissez cette cellule.")
    return None
