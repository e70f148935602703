"""Opens one workbook in a process of its own and writes what it holds, one JSON value per line.

Run as a script by `workbooks.py`, never imported by the service: a sheet with one cell at its far end asks more memory
than a machine has, and the reader then dies at once, without an exception. Here it dies alone.
"""

from __future__ import annotations

import contextlib
import json
import posixpath
import re
import resource
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

MAX_MEMORY = 1024 * 1024 * 1024
MAX_CPU_SECONDS = 30
MAX_COLUMNS = 200
LAST_ROW = 1_048_576
"""The last row a spreadsheet program knows: a cell below it was written by no spreadsheet."""
UNREADABLE = 3
"""Exit status when the file or the sheet is damaged; any other failure is one of size."""


MOST_EXACT = 10**15
"""From sixteen digits on, a spreadsheet has rounded the number: it is told as it keeps it, 1.234567E+18."""
UNCALCULATED = "#CALC!"
"""What a formula whose result was never kept is told as: it is no more known than one that failed."""
Errors = dict[int, dict[int, str]]
"""Row number, column rank → the error shown there."""
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Z]+)([0-9]+)["']""")
_TYPE = re.compile(rb"""\bt\s*=\s*["'](\w+)["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]+)</")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")


def errors_of(path: str, sheet: str) -> Errors:
    """The cells in error of one sheet, which the library tells as empty ones: #N/A is not « nothing known »."""
    found: Errors = defaultdict(dict)
    with ZipFile(path) as packed:
        content = packed.read(_part_of(packed, sheet))
    if not _FORMULA.search(content) and b"e" not in {kind[1] for kind in _TYPE.finditer(content)}:
        return found
    for cell in _CELL.finditer(content):
        place, kind, inside = _PLACE.search(cell[1]), _TYPE.search(cell[1]), cell[2] or b""
        value = _VALUE.search(inside)
        is_error = kind is not None and kind[1] == b"e"
        is_uncalculated = kind is None and value is None and _FORMULA.search(inside)
        if place and (is_error or is_uncalculated):
            shown = value[1].decode("utf-8", "replace").strip() if is_error and value else UNCALCULATED
            found[int(place[2])][_rank(place[1])] = shown
    return found


def _part_of(packed: ZipFile, sheet: str) -> str:
    """The part of the zip that holds a sheet."""
    book = ElementTree.fromstring(packed.read("xl/workbook.xml"))  # noqa: S314 - this process holds no secret, and its memory is counted
    link = next(each.get(_LINK) for each in book.iter(_SHEET) if each.get("name") == sheet)
    links = ElementTree.fromstring(packed.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - the same
    target = next(each.get("Target", "") for each in links if each.get("Id") == link)
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _rank(letters: bytes) -> int:
    """« A » is 0, « AA » is 26."""
    rank = 0
    for letter in letters:
        rank = rank * 26 + letter - 64
    return rank - 1


def cell_text(value: Any) -> str:
    """A cell as our csv writes it: « oui », 2026-11-22, 12 rather than 12.0; a duration in hours."""
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case timedelta():
            return cell_text(value.total_seconds() / 3600)
        case int() | float() if abs(value) >= MOST_EXACT:
            return f"{value:.14E}"
        case float():
            # Six decimals, as the format reads them: what a formula leaves beyond is only rounding.
            return f"{value:.6f}".rstrip("0").rstrip(".")
        case _:
            return str(value).strip()


def told(path: str, sheet: str | None) -> Iterator[Any]:
    """Each sheet and whether it is hidden; or the rows of one that hold something, with the number people see beside."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    with CalamineWorkbook.from_path(path) as book:
        if sheet is None:
            for one in book.sheets_metadata:
                if one.typ == SheetTypeEnum.WorkSheet:
                    yield one.name, one.visible != SheetVisibleEnum.Visible
            return
        errors = errors_of(path, sheet)
        found = book.get_sheet_by_name(sheet)
        if found.end and found.end[0] >= LAST_ROW:
            raise ValueError("a cell below the last row")
        for number, cells in enumerate(found.iter_rows(), start=1):
            texts = [cell_text(cell) for cell in cells[:MAX_COLUMNS]]
            yield from _row(number, texts, errors.pop(number, {}))
        for number, failed in sorted(errors.items()):
            yield from _row(number, [], failed)


def _row(number: int, texts: list[str], failed: dict[int, str]) -> Iterator[tuple[int, list[str]]]:
    """The row with its errors in their place; nothing when it holds nothing."""
    for rank, shown in failed.items():
        if rank < MAX_COLUMNS:
            texts += [""] * (rank + 1 - len(texts))
            texts[rank] = texts[rank] or shown
    while texts and not texts[-1]:
        texts.pop()
    if texts:
        yield number, texts


def main() -> int:
    """Read the question on the standard input, answer on the standard output."""
    for limit, most in ((resource.RLIMIT_AS, MAX_MEMORY), (resource.RLIMIT_CPU, MAX_CPU_SECONDS)):
        with contextlib.suppress(ValueError, OSError):  # some systems refuse: they go without
            resource.setrlimit(limit, (most, most))
    asked = json.load(sys.stdin)
    try:
        for one in told(asked["path"], asked["sheet"]):
            sys.stdout.write(json.dumps(one) + "\n")
    except MemoryError:
        return 1
    except BaseException:  # noqa: BLE001 - a damaged file fails in as many ways as it has parts, panics included
        return UNREADABLE
    return 0


if __name__ == "__main__":
    sys.exit(main())
