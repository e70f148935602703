"""Opens one workbook in a process of its own and writes what it holds, one JSON value per line.

Run as a script by `workbooks.py`, never imported by the service: a sheet with one cell at its far end asks more memory
than a machine has, and the reader then dies at once, without an exception. Here it dies alone.
"""

from __future__ import annotations

import contextlib
import json
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

MAX_MEMORY = 1024 * 1024 * 1024
MAX_CPU_SECONDS = 30
MAX_COLUMNS = 200
LAST_ROW = 1_048_576
"""The last row a spreadsheet program knows: a cell below it was written by no spreadsheet."""
UNREADABLE = 3
"""Exit status when the file or the sheet is damaged; any other failure is one of size."""


def cell_text(value: Any) -> str:
    """A cell as our csv writes it: « oui », 2026-11-22, 12 rather than 12.0; one in error (#N/A) is empty."""
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


def told(path: str, sheet: str | None) -> Iterator[Any]:
    """The names of the sheets; or the rows of one that hold something, each with the number people see beside it."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    with CalamineWorkbook.from_path(path) as book:
        if sheet is None:
            yield from (one.name for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet)
            return
        found = book.get_sheet_by_name(sheet)
        if found.end and found.end[0] >= LAST_ROW:
            raise ValueError("a cell below the last row")
        for number, cells in enumerate(found.iter_rows(), start=1):
            texts = [cell_text(cell) for cell in cells[:MAX_COLUMNS]]
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
