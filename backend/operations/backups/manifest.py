"""What a backup says of itself: when, from which version, how many rows in each table, the mark of each file."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Self

from backend.core.errors import DomainError
from backend.core.sealing.encryption import Undecipherable, decrypt, encrypt

NAME = "manifeste.json"
FORMAT = 1
_WITNESS = "backup.witness"
_WITNESS_TEXT = "Passerelles"


@dataclass(frozen=True, slots=True)
class Manifest:
    """`rows` by table, `marks` (SHA-256) by path from the folder; `witness` is a known text sealed with the field key."""

    written_at: str
    engine: str
    rows: dict[str, int]
    marks: dict[str, str]
    witness: str
    product: str
    format: int = FORMAT

    @classmethod
    def of(cls, *, written_at: str, engine: str, rows: dict[str, int], folder: Path) -> Self:
        """The manifest of what stands in this folder."""
        return cls(
            written_at=written_at,
            engine=engine,
            rows=rows,
            marks={path.relative_to(folder).as_posix(): mark_of(path) for path in _files(folder)},
            witness=encrypt(_WITNESS_TEXT, context=_WITNESS),
            product=version("passerelles"),
        )

    def write(self, folder: Path) -> None:
        """Last of all: a folder without it is not a backup."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)
        (folder / NAME).write_text(text + "\n", encoding="utf-8")

    def opens_with_our_keys(self) -> bool:
        """Whether the keys of this installation read the texts of the backup."""
        try:
            return decrypt(self.witness, context=_WITNESS) == _WITNESS_TEXT
        except Undecipherable:
            return False

    def check_marks(self, folder: Path) -> None:
        """Refuse a backup that lost a file, or where one changed."""
        there = {path.relative_to(folder).as_posix(): path for path in _files(folder)}
        wrong = [
            name for name, mark in self.marks.items() if name not in there or mark_of(there[name]) != mark
        ]
        if wrong:
            raise DomainError(
                "backup_damaged",
                f"La sauvegarde est abîmée : {len(wrong)} fichier(s) manquent ou ont changé. "
                "Prenez-en une autre ; rien n’a été touché.",
            )


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder; refused when it is not a backup that this version reads."""
    try:
        found = json.loads((folder / NAME).read_text(encoding="utf-8"))
        manifest = Manifest(**found)
    except (OSError, ValueError, TypeError) as error:
        raise DomainError(
            "not_a_backup", "Ce dossier n’est pas une sauvegarde de Passerelles, ou elle n’a pas été finie."
        ) from error
    if manifest.format != FORMAT:
        raise DomainError("backup_newer", "Cette sauvegarde vient d’une version plus récente de Passerelles.")
    return manifest


def mark_of(path: Path) -> str:
    """SHA-256 of a file, whatever its size."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
