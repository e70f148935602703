"""Reading a workbook like so many csv: one sheet per file, each cell as the text our csv would hold."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

import openpyxl
from celery.exceptions import SoftTimeLimitExceeded

from backend.core.errors import DomainError
from backend.exchange.layout import FileLayout
from backend.exchange.reading import Row, Source, Unreadable
from backend.exchange.report import Report

MAX_UNPACKED = 200 * 1024 * 1024
"""A workbook is a zip: one that would open larger than this is not a spreadsheet of ours."""
MAX_COLUMNS = 200
_READABLE = frozenset({"[Content_Types].xml", "xl/workbook.xml"})

NOT_A_WORKBOOK = (
    "Ce classeur Excel ne s’ouvre pas. Enregistrez-le au format .xlsx, sans mot de passe, puis recommencez."
)
TOO_LARGE_INSIDE = (
    "Ce classeur est trop volumineux une fois ouvert. Envoyez chaque feuille dans un fichier csv."
)


def check_workbook(file: BinaryIO | Path) -> None:
    """Refuse what is not a workbook, or would unpack beyond reason, without unpacking it."""
    try:
        with zipfile.ZipFile(file) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise DomainError("not_a_workbook", NOT_A_WORKBOOK, field="spreadsheets") from error
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise DomainError("workbook_too_large", TOO_LARGE_INSIDE, field="spreadsheets")
    if _READABLE - {entry.filename for entry in entries}:
        raise DomainError("not_a_workbook", NOT_A_WORKBOOK, field="spreadsheets")


def sheet_names(path: Path) -> list[str]:
    """The sheets of a workbook, in order."""
    with closing(_opened(path)) as book:
        return [str(sheet.title) for sheet in book.worksheets]


def sheet_rows(path: Path, name: str) -> Source:
    """Rows of one sheet with the number people see beside them; values only, never a formula."""

    def rows(layout: FileLayout, report: Report) -> Iterator[Row]:
        with closing(_opened(path)) as book:
            sheet = book[name]
            # Some programs write a wrong size in the file: count the rows ourselves.
            sheet.reset_dimensions()
            yield from _texts(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True))

    return rows


def _opened(path: Path) -> Any:
    check_workbook(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except SoftTimeLimitExceeded:
        raise
    except Exception as error:  # a damaged file fails in as many ways as it has parts
        raise DomainError("not_a_workbook", NOT_A_WORKBOOK, field="spreadsheets") from error


def _texts(rows: Iterable[tuple[Any, ...]]) -> Iterator[Row]:
    """Rows that hold something, as text."""
    numbered = enumerate(rows, start=1)
    while True:
        try:
            number, cells = next(numbered)
        except StopIteration:
            return
        except SoftTimeLimitExceeded:
            raise
        except Exception as error:
            raise Unreadable("la feuille est abîmée", "Enregistrez le classeur de nouveau.") from error
        texts = [cell_text(cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            yield number, texts


def cell_text(value: Any) -> str:
    """A cell as our csv writes it: « oui », 2026-11-22, 12 rather than 12.0."""
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case float():
            # Six decimals, as the format reads them: what a formula leaves beyond is only rounding.
            return f"{value:.6f}".rstrip("0").rstrip(".")
        case _:
            return str(value).replace("\x00", "\ufffd").strip()
