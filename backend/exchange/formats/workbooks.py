"""Reading a workbook like so many csv: one sheet per file, each cell as the text our csv would hold."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from backend.core.errors import DomainError
from backend.exchange.formats import workbook_reader
from backend.exchange.layout import FileLayout
from backend.exchange.reading import HEADING_WITHIN, Row, Source, Unreadable
from backend.exchange.report import Report

MAX_UNPACKED = 200 * 1024 * 1024
"""A workbook is a zip: one that would open larger than this is not a spreadsheet of ours."""
_READABLE = frozenset({"[Content_Types].xml", "xl/workbook.xml"})
_OPEN_DOCUMENT = frozenset({"mimetype", "content.xml"})

NOT_A_WORKBOOK = (
    "Ce classeur ne s’ouvre pas. Enregistrez-le au format .xlsx, sans mot de passe, puis recommencez."
)
LOCKED = (
    "Ce classeur est protégé par un mot de passe. Retirez-le (« Enregistrer sous », « Outils », « Options "
    "générales »), puis recommencez."
)
TOO_LARGE_INSIDE = (
    "Ce classeur est trop volumineux une fois ouvert. Envoyez chaque feuille dans un fichier csv."
)


def check_workbook(file: BinaryIO | Path) -> None:
    """Refuse what is not a workbook, or would unpack beyond reason, without unpacking it."""
    content = _old_workbook(file)
    if content is not None:
        if _ENCRYPTED in content:
            raise DomainError("locked_workbook", LOCKED, field="spreadsheets")
        return
    try:
        with zipfile.ZipFile(file) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise DomainError("not_a_workbook", NOT_A_WORKBOOK, field="spreadsheets") from error
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise DomainError("workbook_too_large", TOO_LARGE_INSIDE, field="spreadsheets")
    names = {entry.filename for entry in entries}
    if _READABLE - names and _OPEN_DOCUMENT - names:
        raise DomainError("not_a_workbook", NOT_A_WORKBOOK, field="spreadsheets")


_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def _old_workbook(file: BinaryIO | Path) -> bytes | None:
    """The bytes of a workbook of before 2007, or of one that a password keeps; None for any other."""
    if isinstance(file, Path):
        with file.open("rb") as opened:
            return _old_workbook(opened)
    file.seek(0)
    start = file.read(len(workbook_reader.OLE))
    rest = file.read() if start == workbook_reader.OLE else None
    file.seek(0)
    return None if rest is None else start + rest


def sheets_of(path: Path) -> dict[str, bool]:
    """The sheets of a workbook, in order: whether each is hidden."""
    check_workbook(path)
    try:
        return dict(_told(path))
    except _ReaderFailed as failure:
        if failure.is_damage:
            raise DomainError("not_a_workbook", NOT_A_WORKBOOK, field="spreadsheets") from failure
        raise DomainError("workbook_too_large", TOO_LARGE_INSIDE, field="spreadsheets") from failure


def told_rows(path: Path, name: str) -> Iterator[Row]:
    """Rows of one sheet, whatever file of ours they make; a damaged one is refused in words."""
    check_workbook(path)
    try:
        yield from _told(path, name)
    except _ReaderFailed as failure:
        if failure.is_damage:
            raise DomainError("not_a_workbook", NOT_A_WORKBOOK, field="spreadsheets") from failure
        raise DomainError("workbook_too_large", TOO_LARGE_INSIDE, field="spreadsheets") from failure


def sheet_rows(path: Path, name: str) -> Source:
    """Rows of one sheet with the number people see beside them; values only, never a formula."""

    def rows(layout: FileLayout, report: Report) -> Iterator[Row]:
        check_workbook(path)
        try:
            for rank, (number, texts) in enumerate(_told(path, name)):
                # A sheet has columns whether they have a title or not: none of its rows is ever too long.
                room = workbook_reader.MAX_COLUMNS if rank < HEADING_WITHIN else 0
                yield number, texts + [""] * (room - len(texts))
        except _ReaderFailed as failure:
            if failure.is_damage:
                raise Unreadable("la feuille est abîmée", "Enregistrez le classeur de nouveau.") from failure
            raise Unreadable(
                "la feuille est trop étendue pour être ouverte",
                "Supprimez les lignes et les colonnes loin de votre tableau, ou enregistrez la feuille en csv.",
            ) from failure

    return rows


class _ReaderFailed(Exception):
    """The reading process ended badly: a damaged file, or one that asks more than the reader may take."""

    def __init__(self, status: int) -> None:
        super().__init__(f"exit status {status}")
        self.is_damage = status == workbook_reader.UNREADABLE


def _told(path: Path, sheet: str | None = None) -> Iterator[Any]:
    """What the reading process says, as it says it; it never outlives the one who listens."""
    command = [sys.executable, "-I", workbook_reader.__file__]
    with subprocess.Popen(  # noqa: S603 - our own fixed command; the file's name goes through the pipe
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    ) as reader:
        question, answers = cast("IO[str]", reader.stdin), cast("IO[str]", reader.stdout)
        try:
            with suppress(BrokenPipeError):  # a reader already dead: its exit status tells
                question.write(json.dumps({"path": str(path), "sheet": sheet}))
                question.close()
            # A reader that dies may leave half a line: only whole ones are listened to.
            yield from (json.loads(line) for line in answers if line.endswith("\n"))
            status = reader.wait()
        finally:
            reader.kill()
    if status:
        raise _ReaderFailed(status)
