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
import struct
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


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a workbook of before 2007 begins."""
_DURATION = re.compile(r"(-?)P(?:([0-9]+)D)?T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9.,]+)S)?")


def errors_of(path: str, sheet: str) -> Errors:
    """The cells in error of one sheet, which the library tells as empty ones: #N/A is not « nothing known »."""
    with open(path, "rb") as opened:
        if opened.read(len(OLE)) == OLE:
            return _errors_of_xls(path, sheet)
    with ZipFile(path) as packed:
        if "content.xml" in packed.namelist():
            return _errors_of_ods(packed, sheet)
        return _errors_of_xlsx(packed, sheet)


_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_KIND = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_FAILED = re.compile(r"#\S+|Err:[0-9]{3}")


def _errors_of_ods(packed: ZipFile, sheet: str) -> Errors:
    """OpenDocument tells a failed formula as a text of its own kind; rows and cells alike are told once."""
    found: Errors = defaultdict(dict)
    content = packed.read("content.xml")
    if b'value-type="error"' not in content and b"table:formula" not in content:
        return found
    book = ElementTree.fromstring(content)  # noqa: S314 - this process holds no secret, and its memory is counted
    table = next(each for each in book.iter(f"{_TABLE}table") if each.get(f"{_TABLE}name") == sheet)
    number = 0
    for row in table.iter(f"{_TABLE}table-row"):
        rank = 0
        for cell in row:
            shown = "".join(cell.itertext()).strip()
            if cell.get(_KIND) == "error" or (cell.get(f"{_TABLE}formula") and _FAILED.fullmatch(shown)):
                found[number + 1][rank] = shown or UNCALCULATED
            rank += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        number += int(row.get(f"{_TABLE}number-rows-repeated", "1"))
    return found


_OLD_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!"}
_BOUNDSHEET, _BOOLERR, _FORMULA_RECORD, _END = 0x0085, 0x0205, 0x0006, 0x000A


def _errors_of_xls(path: str, sheet: str) -> Errors:
    """The records of one sheet that hold an error, or a formula whose result is one."""
    found: Errors = defaultdict(dict)
    with open(path, "rb") as opened:
        stream = _workbook_stream(opened.read())
    for kind, body in _records(stream, _start_of(stream, sheet)):
        is_error = kind == _BOOLERR and len(body) >= 8 and body[7] == 1
        is_failed = kind == _FORMULA_RECORD and body[6:7] == b"\x02" and body[12:14] == b"\xff\xff"
        if is_error or is_failed:
            row, column = struct.unpack_from("<HH", body)
            found[row + 1][column] = _OLD_ERRORS.get(body[6] if is_error else body[8], "#N/A")
    return found


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of one part of the stream, up to its end."""
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        if kind == _END:
            return
        at += 4 + size


def _start_of(stream: bytes, sheet: str) -> int:
    """Where the records of a sheet begin."""
    for kind, body in _records(stream, 0):
        if kind == _BOUNDSHEET and len(body) > 8:
            length, is_wide = body[6], body[7] & 1
            raw = body[8 : 8 + length * (2 if is_wide else 1)]
            if raw.decode("utf-16-le" if is_wide else "latin-1") == sheet:
                start: int = struct.unpack_from("<I", body)[0]
                return start
    return len(stream)


def _workbook_stream(content: bytes) -> bytes:
    """The stream of records inside a compound file; empty when it is kept otherwise."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]

    def sector(number: int) -> bytes:
        return content[(number + 1) * size : (number + 2) * size]

    listed = list(struct.unpack_from("<109I", content, 76))
    extra, most = struct.unpack_from("<I", content, 68)[0], size // 4
    while extra < MOST_SECTORS:
        more = struct.unpack(f"<{most}I", sector(extra))
        listed, extra = listed + list(more[:-1]), more[-1]
    table: list[int] = []
    for number in listed:
        if number < MOST_SECTORS:
            table += struct.unpack(f"<{most}I", sector(number))

    def chain(first: int) -> bytes:
        parts: list[bytes] = []
        while first < len(table) and len(parts) <= len(table):
            parts.append(sector(first))
            first = table[first]
        return b"".join(parts)

    tree = chain(struct.unpack_from("<I", content, 48)[0])
    for at in range(0, len(tree), 128):
        entry = tree[at : at + 128]
        name = entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le", "replace")
        if name in ("Workbook", "Book"):
            first, length = struct.unpack_from("<II", entry, 116)
            # A stream under 4,096 bytes is kept elsewhere; spreadsheets pad theirs to that size.
            return chain(first)[:length]
    return b""


MOST_SECTORS = 0xFFFFFFFA


def _errors_of_xlsx(packed: ZipFile, sheet: str) -> Errors:
    """The cells marked in error, and the formulas whose result was never kept."""
    found: Errors = defaultdict(dict)
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
        case str() if duration := _DURATION.fullmatch(value.strip()):
            return cell_text(_hours(duration))
        case _:
            return str(value).strip()


def _hours(found: re.Match[str]) -> float:
    """« PT110H30M », as OpenDocument keeps a duration, in hours."""
    days, hours, minutes, seconds = (float((part or "0").replace(",", ".")) for part in found.groups()[1:])
    total = days * 24 + hours + minutes / 60 + seconds / 3600
    return -total if found[1] else total


def told(path: str, sheet: str | None) -> Iterator[Any]:
    """Each sheet and whether it is hidden; or the rows of one that hold something, with the number people see beside."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    # By its content: the name we keep it under says nothing of what it is.
    with open(path, "rb") as opened, CalamineWorkbook.from_filelike(opened) as book:
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
