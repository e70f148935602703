"""Finds the files of an export in a folder, a zip or alone, and opens them as streams that cannot grow without end.

A zip is read as it stands, never unpacked: names inside it cannot lead anywhere on the disk.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from typing import IO

from backend.core.values.system_refusals import why
from competences.rncp.refusal import PUT_AN_EXPORT, refuse
from competences.rncp.values import day_of

MAX_CSV_BYTES = 400_000_000
MAX_XML_BYTES = 4_000_000_000  # 570 MB in 2026
MAX_ZIP_RATIO = 200
MAX_ENTRIES = 1_000

TABLES = {
    "standard": "standard",
    "blocs": "blocsdecomp",
    "access": "voixdacc",
    "rome": "rome",
    "certifiers": "certificateurs",
    "replacements": "anciennenouvelle",
}
"""Which csv we read, by what its name begins with once accents, case and signs are gone."""

_CSV = re.compile(
    r"export[_-]?fiches[_-]?csv[_-]?(.+?)[_-]?(\d{4})[_-](\d{2})[_-](\d{2})\.csv", re.IGNORECASE
)
_XML = re.compile(r"export[_-]?fiches[_-]?(?:rncp|rs).*\.xml", re.IGNORECASE)
_DATED = re.compile(r"(\d{4})[_-](\d{2})[_-](\d{2})")


@dataclass(frozen=True, slots=True)
class Found:
    """One file of the export: a path on the disk, or an entry of a zip."""

    name: str
    size: int
    packed: int
    path: Path
    entry: str = ""


@dataclass(slots=True)
class Files:
    """The csv tables by name, the XML files, and the day of the export where the names say it."""

    tables: dict[str, Found] = field(default_factory=dict)
    sheets: list[Found] = field(default_factory=list)
    exported_on: date | None = None


class _Bounded(io.RawIOBase):
    """A stream that refuses to give more than its ceiling, whatever the zip announced."""

    def __init__(self, stream: IO[bytes], name: str, ceiling: int) -> None:
        self._stream, self._name, self._left = stream, name, ceiling

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """The next bytes."""
        chunk = self._stream.read(len(buffer))
        self._left -= len(chunk)
        if self._left < 0:
            raise refuse(self._name, "ce fichier se décompresse en une taille démesurée.")
        buffer[: len(chunk)] = chunk
        return len(chunk)


def find_files(path: Path) -> Files:
    """What lies at this path; refuses a path that holds no export, or twice the same table."""
    if not path.exists():
        raise refuse(path.name, "ce dossier ou ce fichier n’existe pas.", what_to_do=PUT_AN_EXPORT)
    try:
        return _sorted(path.name, _candidates(path))
    except OSError as error:
        raise refuse(path.name, f"la lecture a échoué ({why(error)}).") from error
    except zipfile.BadZipFile as error:
        raise refuse(path.name, "ce zip est abîmé ou incomplet.") from error


@contextmanager
def opened(found: Found) -> Iterator[IO[bytes]]:
    """The bytes of one file, as a stream with a ceiling; a damaged zip is refused wherever it breaks."""
    most = MAX_XML_BYTES if found.name.lower().endswith(".xml") else MAX_CSV_BYTES
    ceiling = min(most, max(found.packed, 10_000) * MAX_ZIP_RATIO) if found.entry else most
    try:
        with ExitStack() as stack:
            if found.entry:
                archive = stack.enter_context(zipfile.ZipFile(found.path))
                raw: IO[bytes] = stack.enter_context(archive.open(found.entry))
            else:
                raw = stack.enter_context(found.path.open("rb"))
            yield io.BufferedReader(_Bounded(raw, found.name, ceiling), 1 << 18)  # type: ignore[arg-type]
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise refuse(found.name, "ce zip est abîmé ou incomplet.") from error
    except (NotImplementedError, RuntimeError) as error:
        raise refuse(found.name, "ce zip est protégé ou compressé d’une façon inconnue.") from error
    except OSError as error:
        raise refuse(found.name, f"la lecture a échoué ({why(error)}).") from error


def _candidates(path: Path) -> Iterator[Found]:
    if path.is_dir():
        # One level down too: unpacking an archive often makes a folder in the folder.
        for each in sorted(p for pattern in ("*", "*/*") for p in path.glob(pattern) if p.is_file()):
            if each.suffix.lower() in {".csv", ".xml", ".zip"}:
                yield from _candidates(each)
    elif path.suffix.lower() == ".zip" or (path.suffix.lower() != ".csv" and zipfile.is_zipfile(path)):
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ENTRIES:
                raise refuse(path.name, f"ce zip contient plus de {MAX_ENTRIES} fichiers.")
            for entry in entries:
                if not entry.is_dir():
                    name = PurePosixPath(entry.filename).name
                    yield Found(name, entry.file_size, entry.compress_size, path, entry.filename)
    else:
        size = path.stat().st_size
        yield Found(path.name, size, size, path)


def _sorted(place: str, candidates: Iterator[Found]) -> Files:
    files = Files()
    for found in candidates:
        table = _table_of(found.name)
        if table:
            if table in files.tables:
                problem = f"l’export contient deux fois cette table (l’autre est {files.tables[table].name})."
                keep = "Gardez les fichiers d’une seule date, puis relancez l’import."
                raise refuse(found.name, problem, what_to_do=keep)
            files.tables[table] = found
        elif _XML.fullmatch(found.name):
            files.sheets.append(found)
        else:
            continue
        files.exported_on = max(filter(None, (files.exported_on, _day_in(found))), default=None)
    if not files.sheets and "standard" not in files.tables:
        raise refuse(place, "aucun export des certifications ne s’y trouve.", what_to_do=PUT_AN_EXPORT)
    files.sheets.sort(key=lambda each: each.name)
    return files


def _table_of(name: str) -> str | None:
    match = _CSV.fullmatch(unicodedata.normalize("NFC", name))
    if match is None:
        return None
    # Accents composed, decomposed, or mangled by a zip that does not say its encoding: only letters count.
    bare = unicodedata.normalize("NFKD", match[1]).encode("ascii", "ignore").decode()
    said = re.sub(r"[^a-z]", "", bare.lower())
    return next((table for table, begins in TABLES.items() if said.startswith(begins)), None)


def _day_in(found: Found) -> date | None:
    match = _DATED.search(found.name) or _DATED.search(found.path.name)
    return day_of("-".join(match.groups())) if match else None
