"""What a backup says of itself, signed: when, from which version, how many rows in each table, the mark of each file."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any, Self

from backend.core.errors import DomainError
from backend.core.sealing.signatures import is_of_our_keys, is_ours, sign

NAME = "manifeste.json"
FORMAT = 2
_PURPOSE = "backup.manifest"
_SLICE = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """`rows` by table, `marks` (SHA-256) by path from the folder; `signature` holds for all the rest."""

    written_at: str
    engine: str
    rows: dict[str, int]
    marks: dict[str, str]
    product: str
    format: int = FORMAT
    signature: str = ""

    @classmethod
    def of(cls, *, written_at: str, engine: str, rows: dict[str, int], folder: Path) -> Self:
        """The manifest of what stands in this folder."""
        bare = cls(
            written_at=written_at,
            engine=engine,
            rows=rows,
            marks={name: _mark_of(folder / name) for name in contents(folder)},
            product=version("passerelles"),
        )
        return replace(bare, signature=sign(bare._signed(), purpose=_PURPOSE))

    def _signed(self) -> bytes:
        return json.dumps(asdict(replace(self, signature="")), sort_keys=True).encode()

    def write(self, folder: Path) -> None:
        """Last of all: a folder without it is not a backup."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)
        (folder / NAME).write_text(text + "\n", encoding="utf-8")

    def check_signature(self) -> None:
        """Refuse what was not written by this installation, or was changed since."""
        if not is_of_our_keys(self.signature):
            raise DomainError(
                "other_keys",
                "FIELD_KEY n’est pas la clé de cette sauvegarde : rien ne dit d’où elle vient, et ses textes resteraient "
                "illisibles. Remettez la clé gardée à part (ou donnez-la dans OLD_FIELD_KEYS), puis recommencez ; rien n’a "
                "été touché.",
            )
        if not is_ours(self._signed(), self.signature, purpose=_PURPOSE):
            raise DomainError(
                "backup_altered",
                "Le manifeste de cette sauvegarde a été modifié après coup : elle n’est pas ramenée. "
                "Prenez-en une autre ; rien n’a été touché.",
            )

    def check_contents(self, folder: Path) -> None:
        """Refuse a backup where something was lost or added since; no file is opened."""
        there, said = set(contents(folder)), set(self.marks)
        if missing := len(said - there):
            raise _damaged(missing)
        if added := len(there - said):
            raise DomainError(
                "backup_grew",
                f"La sauvegarde contient {added} fichier(s) que son manifeste ne connaît pas : elle n’est pas ramenée. "
                "Prenez-en une autre ; rien n’a été touché.",
            )

    def copy_into(self, target: Path, folder: Path) -> None:
        """Copy each file and look at what was copied: what changes in `folder` meanwhile is never used."""
        wrong = 0
        for name, mark in self.marks.items():
            (target / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(target / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as copy, _opened(folder / name) as original:
                wrong += _copied(original, copy) != mark
        if wrong:
            raise _damaged(wrong)


def _damaged(many: int) -> DomainError:
    return DomainError(
        "backup_damaged",
        f"La sauvegarde est abîmée : {many} fichier(s) manquent ou ont changé. "
        "Prenez-en une autre ; rien n’a été touché.",
    )


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder; refused when it is not a backup that this version reads, or not one of ours."""
    try:
        manifest = Manifest(**_told(folder))
    except (OSError, ValueError, TypeError) as error:
        raise DomainError(
            "not_a_backup", "Ce dossier n’est pas une sauvegarde de Passerelles, ou elle n’a pas été finie."
        ) from error
    manifest.check_signature()
    return manifest


def _told(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / NAME).read_text(encoding="utf-8"))
    told = found["format"] if isinstance(found, dict) and "format" in found else FORMAT
    if told == 1:
        raise DomainError(
            "backup_unsigned",
            "Cette sauvegarde date d’une version qui ne signait pas encore : ramenez-la avec cette version-là, changez de "
            "version, puis sauvegardez à nouveau.",
        )
    if told != FORMAT:
        raise DomainError("backup_newer", "Cette sauvegarde vient d’une version plus récente de Passerelles.")
    return found


def contents(folder: Path) -> list[str]:
    """Paths of the files of a backup from its folder, in order, the manifest apart; refused when one is no plain file.

    A link would bring back what stands elsewhere on the machine; a hard link, what somebody else goes on writing.
    """
    return sorted(name for name in _walk(folder, "") if name != NAME)


def _walk(folder: Path, before: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            what = entry.stat(follow_symlinks=False)
            if stat.S_ISDIR(what.st_mode):
                yield from _walk(Path(entry.path), f"{before}{entry.name}/")
            elif stat.S_ISREG(what.st_mode) and what.st_nlink == 1:
                yield f"{before}{entry.name}"
            else:
                raise DomainError(
                    "backup_links",
                    "La sauvegarde contient un lien ou autre chose qu’un fichier : elle n’est pas ramenée. Copiez-la sans "
                    "liens (cp -rL), puis recommencez ; rien n’a été touché.",
                )


def _mark_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _opened(path: Path) -> IO[bytes]:
    """Open a file, never through a link put there since the folder was looked at."""
    try:
        return os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb")
    except OSError as error:
        raise _damaged(1) from error


def _copied(original: IO[bytes], copy: IO[bytes]) -> str:
    """Copy to the end; SHA-256 of what was copied."""
    mark = hashlib.sha256()
    while piece := original.read(_SLICE):
        mark.update(piece)
        copy.write(piece)
    return mark.hexdigest()
