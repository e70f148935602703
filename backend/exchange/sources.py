"""Which files are there to be read: a folder of csv, or what a structure sent from its spreadsheets."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from pathlib import Path

from backend.core.values.dates import NBSP
from backend.core.values.text import normalise
from backend.exchange import registry
from backend.exchange.formats.workbooks import sheet_rows, sheets_of
from backend.exchange.layout import FileLayout
from backend.exchange.reading import HEADING_WITHIN, Row, Source, Unreadable, csv_rows
from backend.exchange.report import Fault, Report
from backend.exchange.scope import sent_layouts

_EXTENSION = re.compile(r"\.(csv|txt|tsv|xlsx|xlsm|xls|ods)$")
MAX_ROWS = 100_000
"""Longest file or sheet taken in from the screen."""


def bundle_sources(folder: Path) -> dict[str, Source]:
    """The csv files of a bundle, by their exact names."""
    return {
        layout.name: csv_rows(folder / layout.name)
        for layout in registry.layouts()
        if (folder / layout.name).exists()
    }


def sent_sources(folder: Path, report: Report, *, apart: Container[str] = ()) -> dict[str, Source]:
    """Files and sheets sent by a structure; of two with the same name, the first is read and the other said.

    `apart` are the keys of the tables that were matched column by column: they are read otherwise.
    """
    found: dict[str, Source] = {}
    for path in sorted(folder.iterdir()):
        for name, source in _sources_of(path, report, apart):
            if name in found:
                problem = "ce fichier est là deux fois"
                report.refuse(
                    Fault(name, 0, "", "", problem, "N’envoyez qu’un fichier ou une feuille de ce nom.")
                )
                continue
            found[name] = _limited(source)
    return found


def file_named(title: str) -> str | None:
    """The file of the format that a title means: « Salariés », « salaries.csv »; None when there is none."""
    by_title = {normalise(layout.title): layout.name for layout in registry.layouts()}
    return by_title.get(normalise(_EXTENSION.sub("", title.lower())))


def _sources_of(path: Path, report: Report, apart: Container[str]) -> Iterator[tuple[str, Source]]:
    if path.suffix == ".csv":
        if path.name in apart:
            return
        if file_named(path.name) is None:
            problem = "fichier ignoré : aucune de ses colonnes n’a été reconnue"
            report.notice(Fault(path.name, 0, "", "", problem, "Rien à faire s’il n’est pas utile ici."))
            return
        yield path.name, csv_rows(path)
        return
    sheets = sheets_of(path)
    # A workbook named like a file may keep its only sheet under the name the spreadsheet gave it.
    whole = (file_named(path.name) or by_headings(path, *sheets)) if len(sheets) == 1 else None
    for rank, (sheet, is_hidden) in enumerate(sheets.items()):
        if f"{path.name}#{rank}" in apart:
            continue
        if name := file_named(sheet) or whole:
            if is_hidden:
                problem = f"la feuille « {sheet} » est masquée, et elle a été lue"
                what_to_do = "Rien à faire si c’est voulu ; sinon, supprimez-la du classeur."
                report.notice(Fault(name, 0, "", "", problem, what_to_do))
            report.titles.setdefault(name, f"la feuille « {sheet} »")
            yield name, sheet_rows(path, sheet)
        else:
            problem = "feuille ignorée : son nom n’est pas celui d’un fichier attendu"
            report.notice(Fault(sheet, 0, "", "", problem, "Rien à faire si elle n’est pas utile ici."))


def by_headings(path: Path, sheet: str) -> str | None:
    """The one file of the format these titles make, when they name all it needs and more of it than of any other."""
    rows: list[list[str]] = []
    try:
        # Read for its titles only, before anybody knows which file it is: what goes wrong is said when it is read.
        for _, cells in sheet_rows(path, sheet)(registry.layouts()[0], Report()):
            rows.append(cells)
            if len(rows) == HEADING_WITHIN:
                break
    except Unreadable:
        return None
    known = {layout.name: _titles_known(layout, rows) for layout in sent_layouts()}
    most = max(known.values(), default=0)
    best = [name for name, count in known.items() if count == most]
    return best[0] if most and len(best) == 1 else None


def _titles_known(layout: FileLayout, rows: list[list[str]]) -> int:
    """How many of the file's columns the titles name; none when a compulsory one is missing."""
    rank = layout.heading_rank(rows)
    if rank is None:
        return 0
    return len({column.name for column in layout.columns} & set(layout.meant_by(rows[rank])))


def _limited(source: Source) -> Source:
    def rows(layout: FileLayout, report: Report) -> Iterator[Row]:
        for count, row in enumerate(source(layout, report)):
            if count > MAX_ROWS:
                raise Unreadable(
                    f"plus de {MAX_ROWS:,} lignes".replace(",", NBSP), "Coupez le fichier en plusieurs."
                )
            yield row

    return rows
