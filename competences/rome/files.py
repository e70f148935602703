"""Finds the csv files of a ROME export in a folder or a zip, and reads their bytes within safe limits.

A zip is read in memory and never unpacked: names inside it cannot lead anywhere on the disk.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from backend.core.values.system_refusals import why
from competences.rome.refusal import ExportRefused

# The whole of version 60 weighs 14 MB: these limits leave room for years of growth and stop a trap early.
MAX_FILE_BYTES = 100_000_000
MAX_TOTAL_BYTES = 300_000_000
MAX_ZIP_RATIO = 100  # csv text compresses about ten times
MAX_ZIP_ENTRIES = 1_000
READ_STEP = 1 << 20

# "unix_referentiel_code_rome_v460_utf8.csv" is the table "referentiel_code_rome" of version 60 of ROME 4.
FILE_NAME = re.compile(r"unix_([a-z0-9_]{1,60})_v([0-9]{2,6})_utf8\.csv", re.IGNORECASE)

RELEASE_NOTE = "version.txt"

TABLES = (
    "grand_domaine",
    "domaine_professionnel",
    "composition_bloc",
    "descriptif_rubrique",
    "referentiel_code_rome",
    "cr_gd_dp",
    "referentiel_appellation",
    "referentiel_competence",
    "referentiel_savoir",
    "referentiel_contexte_travail",
    "liens_rome_referentiels",
    "coherence_item",
    "texte",
)

PUT_ALL_FILES = (
    "Indiquez le dossier, ou le zip, qui contient tous les fichiers csv publiés par France Travail."
)


@dataclass(frozen=True, slots=True)
class RawFile:
    """One csv file of the export, as bytes."""

    table: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class RawExport:
    """The thirteen files of an export, all of one version."""

    version: str
    files: dict[str, RawFile]
    release_note: str = ""  # the text of version.txt, when it is there


@dataclass(frozen=True, slots=True)
class _Found:
    table: str
    version: str
    name: str
    path: str


def open_export(path: Path) -> RawExport:
    """Bytes of every table of the export lying at `path`, a folder or a zip; refuses a missing or doubled file."""
    if path.is_dir():
        return _open_folder(path)
    if not path.is_file():
        raise ExportRefused(
            file=path.name, problem="ce dossier ou ce fichier n’existe pas.", what_to_do=PUT_ALL_FILES
        )
    if not zipfile.is_zipfile(path):
        raise ExportRefused(
            file=path.name, problem="ce n’est ni un dossier ni un zip lisible.", what_to_do=PUT_ALL_FILES
        )
    return _open_zip(path)


def _open_folder(folder: Path) -> RawExport:
    try:
        beside = folder / RELEASE_NOTE
        note = _note(beside.read_bytes()) if beside.is_file() and beside.stat().st_size < READ_STEP else ""
        # One level down too: unpacking an archive often makes a folder in the folder.
        paths = sorted(p for pattern in ("*.csv", "*/*.csv") for p in folder.glob(pattern) if p.is_file())
        found = _choose((path.name, str(path)) for path in paths)
        files = {}
        total = 0
        for item in found:
            size = Path(item.path).stat().st_size
            total += size
            _check_size(item.name, size, total)
            files[item.table] = RawFile(item.table, item.name, Path(item.path).read_bytes())
    except OSError as error:
        raise ExportRefused(
            file=folder.name,
            problem=f"la lecture a échoué ({why(error)}).",
            what_to_do="Vérifiez que ce dossier est lisible, puis relancez l’import. Rien n’a été modifié.",
        ) from error
    return RawExport(found[0].version, files, note)


def _open_zip(path: Path) -> RawExport:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ZIP_ENTRIES:
                raise ExportRefused(
                    file=path.name, problem=f"ce zip contient plus de {MAX_ZIP_ENTRIES} fichiers."
                )
            found = _choose((PurePosixPath(e.filename).name, e.filename) for e in entries if not e.is_dir())
            note = _read_note(archive)
            files = {}
            total = 0
            for item in found:
                content = _read_entry(archive, item)
                total += len(content)
                _check_size(item.name, len(content), total)
                files[item.table] = RawFile(item.table, item.name, content)
            return RawExport(found[0].version, files, note)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise ExportRefused(file=path.name, problem="ce zip est abîmé ou incomplet.") from error
    except (NotImplementedError, RuntimeError) as error:  # unknown compression, password
        raise ExportRefused(
            file=path.name, problem="ce zip est protégé ou compressé d’une façon inconnue."
        ) from error


def _read_entry(archive: zipfile.ZipFile, item: _Found) -> bytes:
    """Bytes of one file of the zip; stops as soon as it grows beyond what a csv can be."""
    info = archive.getinfo(item.path)
    # The announced sizes may lie, so the ratio is checked on what really comes out.
    ceiling = min(MAX_FILE_BYTES, max(info.compress_size, 1_000) * MAX_ZIP_RATIO)
    chunks = []
    size = 0
    with archive.open(info) as stream:
        while chunk := stream.read(READ_STEP):
            size += len(chunk)
            if size > ceiling:
                raise ExportRefused(
                    file=item.name, problem="ce fichier se décompresse en une taille démesurée."
                )
            chunks.append(chunk)
    return b"".join(chunks)


def _read_note(archive: zipfile.ZipFile) -> str:
    for info in archive.infolist():
        if PurePosixPath(info.filename).name == RELEASE_NOTE:
            with archive.open(info) as stream:
                return _note(stream.read(READ_STEP))
    return ""


def _note(content: bytes) -> str:
    return content.decode("utf-8", errors="replace")


def _check_size(name: str, size: int, total: int) -> None:
    if size > MAX_FILE_BYTES or total > MAX_TOTAL_BYTES:
        raise ExportRefused(file=name, problem="l’export dépasse la taille attendue de plusieurs fois.")


def _choose(candidates: Iterable[tuple[str, str]]) -> list[_Found]:
    """The file of each table, in the order of `TABLES`; refuses a missing table, two copies, two versions."""
    found: dict[str, _Found] = {}
    for name, path in candidates:
        match = FILE_NAME.fullmatch(name)
        if match is None or match[1].lower() not in TABLES:
            continue
        table = match[1].lower()
        if table in found:
            raise ExportRefused(
                file=name,
                problem=f"l’export contient deux fois cette table (l’autre est {found[table].name}).",
                what_to_do="Gardez les fichiers d’une seule version, puis relancez l’import.",
            )
        found[table] = _Found(table, _version(match[2]), name, path)
    for table in TABLES:
        if table not in found:
            raise ExportRefused(
                file=f"unix_{table}_v…_utf8.csv",
                problem="ce fichier manque dans l’export.",
                what_to_do=PUT_ALL_FILES,
            )
    _check_one_version(found.values())
    return [found[table] for table in TABLES]


def _check_one_version(found: Iterable[_Found]) -> None:
    first, *others = found
    for item in others:
        if item.version != first.version:
            raise ExportRefused(
                file=item.name,
                problem=f"ce fichier n’est pas de la même version que {first.name}.",
                what_to_do="Gardez les fichiers d’une seule version, puis relancez l’import.",
            )


def _version(digits: str) -> str:
    """ "60" for v460: the first 4 is the generation, ROME 4.0."""
    return digits[1:] if len(digits) > 2 and digits.startswith("4") else digits
