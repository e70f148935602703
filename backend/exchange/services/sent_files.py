"""The files somebody sends: what they may be, what they may weigh, the name each is kept under."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile

from backend.core.errors import DomainError
from backend.exchange.formats.workbooks import check_workbook
from backend.exchange.sources import file_named

MAX_BYTES = 10 * 1024 * 1024
"""What one sending may weigh, all files together."""
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
_TEXTS = (".csv", ".txt", ".tsv")
WEB_PAGE = (
    "Ce fichier est une page web enregistrée sous un nom de tableur. Ouvrez-le dans le tableur, puis « Enregistrer "
    "sous » au format .xlsx."
)
NOT_A_TEXT = "Ce fichier n’est pas un csv malgré son nom. Donnez-lui son vrai nom (.xlsx, .xls, .ods), puis recommencez."


def checked_names(files: Sequence[UploadedFile]) -> list[str]:
    """The name each file is kept under; refused when one is not what we read."""
    if not files:
        raise DomainError("no_file", "Choisissez au moins un fichier.", field="spreadsheets")
    if sum(file.size or 0 for file in files) > MAX_BYTES:
        raise DomainError(
            "too_large",
            "Ces fichiers pèsent plus de 10 Mo ensemble. Envoyez-les en plusieurs fois.",
            field="spreadsheets",
        )
    names = [_kept_name(number, file) for number, file in enumerate(files, start=1)]
    if len(set(names)) < len(names):
        raise DomainError(
            "same_file_twice", "Deux fichiers portent le même nom. N’en gardez qu’un.", field="spreadsheets"
        )
    return names


def _kept_name(number: int, file: UploadedFile) -> str:
    """A name of ours, whatever the file was called; what it is shows in its first bytes, not in its name."""
    sent_as = (file.name or "").lower()
    if not sent_as.endswith((*_WORKBOOKS, *_TEXTS)):
        raise DomainError(
            "wrong_type",
            "Envoyez un classeur (.xlsx, .xls, .ods) ou un fichier .csv. Depuis le tableur : « Enregistrer sous », "
            "puis un de ces formats.",
            field="spreadsheets",
        )
    known = file_named(sent_as)
    start = file.read(512)
    file.seek(0)
    if start.lstrip(b"\xef\xbb\xbf \r\n\t")[:5].lower() in (b"<html", b"<!doc", b"<tabl", b"<?xml"):
        raise DomainError("web_page", WEB_PAGE, field="spreadsheets")
    # Some tools call « .xls » a text separated by tabulations.
    is_text = sent_as.endswith(_TEXTS) or (sent_as.endswith(".xls") and _is_text(start))
    if is_text:
        if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
            raise DomainError("not_a_text", NOT_A_TEXT, field="spreadsheets")
        return known or f"fichier-{number}.csv"
    check_workbook(file)  # type: ignore[arg-type]
    file.seek(0)
    return f"{known.removesuffix('.csv')}.xlsx" if known else f"classeur-{number}.xlsx"


def _is_text(start: bytes) -> bool:
    """Whether these bytes are words: a separator, and nothing a text never holds."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return b"\x00" not in start and any(mark in start for mark in (b"\t", b";", b","))
