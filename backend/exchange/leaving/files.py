"""The files a structure leaves with: an archive of csv, or one workbook; both are read back as they are."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from operator import itemgetter
from pathlib import Path
from typing import Any

from django.utils import timezone

from backend.core.tables.exports import Column as Heading
from backend.core.tables.exports import Sheet, write_xlsx
from backend.core.values.partial_days import PartialDay
from backend.exchange.cells import harmless
from backend.exchange.exporting import as_cell, write_file
from backend.exchange.leaving.structure import Leaving
from backend.exchange.models import CopyFormat, StructureCopy

CONTENT_TYPES = {
    CopyFormat.ZIP.value: "application/zip",
    CopyFormat.XLSX.value: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_SAME_DAY = (1980, 1, 1, 0, 0, 0)
"""The first day an archive can tell: the same lines make the same bytes."""


def named(job: StructureCopy) -> str:
    """The name a file leaves with: the day it was asked for, never the name of anybody."""
    return f"donnees-{timezone.localdate(job.created_at):%Y-%m-%d}.{job.format}"


def written(format: str, files: Iterable[Leaving]) -> bytes:
    """The whole, in one file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "tout"
        if format == CopyFormat.XLSX:
            _write_workbook(path, files)
        else:
            _write_archive(path, folder, files)
        return path.read_bytes()


def _write_archive(path: Path, folder: Path, files: Iterable[Leaving]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for each in files:
            write_file(folder, each.layout, each.lines, text=harmless)
            told = zipfile.ZipInfo(each.layout.name, _SAME_DAY)
            archive.writestr(told, (folder / each.layout.name).read_bytes(), zipfile.ZIP_DEFLATED)


def _write_workbook(path: Path, files: Iterable[Leaving]) -> None:
    for _ in write_xlsx(path, map(_sheet, files)):
        pass


def _sheet(each: Leaving) -> Sheet:
    headings = [Heading(column.name, itemgetter(rank)) for rank, column in enumerate(each.layout.columns)]
    return Sheet(each.layout.title, headings, ([_shown(value) for value in line] for line in each.lines))


def _shown(value: Any) -> Any:
    """Whole days and numbers as a spreadsheet keeps them; everything else as the csv writes it."""
    is_kept = isinstance(value, int | Decimal | date) and not isinstance(value, bool | datetime | PartialDay)
    return value if is_kept else as_cell(value, harmless)
