"""Tables that leave the product: `;` csv as French spreadsheets open it, and XLSX; rows stream, cells are safe.

A text that a spreadsheet would run as a formula is written so that it only shows (ASVS 5.0, V1.2.10); see
`backend.core.tables.spreadsheets`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

from backend.core.errors import DomainError
from backend.core.tables.spreadsheets import neutralised
from backend.core.values.dates import NBSP
from backend.core.values.numbers import percent_in_words
from backend.core.values.partial_days import PartialDay

CSV_ENCODING = "utf-8-sig"
XLSX_MAX_ROWS = 1_048_575
"""Rows of a sheet, its header aside."""
XLSX_MAX_TEXT = 32_767
XLSX_MAX_NAME = 31


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, and how its value is read on a row."""

    label: str
    value: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Percent:
    """A share between 0 and 1, shown as a percentage."""

    value: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Any]


def csv_text(columns: Sequence[Column], rows: Iterable[Any]) -> str:
    """A small table as one csv text, without byte-order mark: for a terminal or a pipe."""
    written = io.StringIO()
    for _ in write_csv(written, columns, rows):
        pass
    return written.getvalue()


def write_csv(file: TextIO, columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[None]:
    """Write the heading then one line per row, yielding after each row so that the caller counts them.

    Open the file with `CSV_ENCODING` and `newline=""`.
    """
    writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([neutralised(column.label) for column in columns])
    for row in rows:
        writer.writerow([csv_cell(column.value(row)) for column in columns])
        yield


def csv_cell(value: Any) -> str:
    """A value as a French spreadsheet reads it: 30/10/2026, 12,5, oui; a text never starts a formula."""
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case int() | float() | Decimal():
            return str(value).replace(".", ",")
        case Percent():
            return percent_in_words(value.value, 2).replace(NBSP, " ")  # a spreadsheet reads a plain space
        case datetime():
            return f"{value:%d/%m/%Y %H:%M}"
        case date():
            return f"{value:%d/%m/%Y}"
        case _:
            return neutralised(str(value))


def write_xlsx(path: Path, sheets: Iterable[Sheet]) -> Iterator[None]:
    """Write a workbook, yielding after each row; memory does not grow with the rows.

    Sheets are written one after the other, so the rows of one may depend on what the previous ones read.
    `DomainError` when a sheet would be longer than the format allows.
    """
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        formats = _Formats(workbook)
        for sheet in sheets:
            yield from _write_sheet(workbook, sheet, formats)


class _Formats:
    """How headings, days and shares look."""

    def __init__(self, workbook: Any) -> None:
        self.heading = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        self.instant = workbook.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        self.share = workbook.add_format({"num_format": "0.0%"})


def _write_sheet(workbook: Any, sheet: Sheet, formats: _Formats) -> Iterator[None]:
    page = workbook.add_worksheet(sheet.name[:XLSX_MAX_NAME])
    page.freeze_panes(1, 0)
    page.set_column(0, max(len(sheet.columns) - 1, 0), 18)
    for index, column in enumerate(sheet.columns):
        page.write_string(0, index, neutralised(column.label), formats.heading)
    for number, row in enumerate(sheet.rows, start=1):
        if number > XLSX_MAX_ROWS:
            raise DomainError(
                "too_many_rows",
                "Une feuille de tableur ne contient pas autant de lignes. Choisissez le format CSV ou une "
                "période plus courte.",
                field="format",
            )
        for index, column in enumerate(sheet.columns):
            _write_cell(page, number, index, column.value(row), formats)
        yield


def _write_cell(page: Any, row: int, column: int, value: Any, formats: _Formats) -> None:
    match value:
        case None | "":
            return
        case bool():
            page.write_string(row, column, "oui" if value else "non")
        case int() | float() | Decimal():
            page.write_number(row, column, float(value))
        case Percent():
            page.write_number(row, column, value.value, formats.share)
        case datetime():
            page.write_datetime(row, column, value.replace(tzinfo=None), formats.instant)
        case PartialDay():
            page.write_string(row, column, f"{value:%d/%m/%Y}")
        case date():
            page.write_datetime(row, column, value, formats.day)
        case _:
            page.write_string(row, column, neutralised(str(value))[:XLSX_MAX_TEXT])
