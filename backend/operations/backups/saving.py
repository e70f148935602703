"""Make a backup in a new folder, and keep the last ones."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from backend.audit.trail import record
from backend.core.actor import Actor
from backend.core.errors import DomainError
from backend.core.health.checks import tables
from backend.core.values.system_refusals import why
from backend.operations.backups.engines import engine
from backend.operations.backups.manifest import NAME, Manifest

FOLDERS = ("files", "exports", "imports")
"""What people sent and what was made for them. Keys, messages and style sheets are elsewhere in DATA_DIR, and stay."""
NIGHTS_KEPT = 14
"""How many dated backups stay when nobody says: two weeks of nights."""
_DATED = "%Y-%m-%d-%H%M%S"
_UNFINISHED = ".en-cours"
Tell = Callable[[str], None]


def back_up(folder: Path, *, tell: Tell) -> Manifest:
    """Copy everything into `folder`, which must not exist or be empty; it appears only once it is whole."""
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DomainError(
            "folder_not_empty", "Ce dossier contient déjà quelque chose : donnez-en un nouveau."
        )
    if folder.is_relative_to(Path(settings.DATA_DIR).absolute()):
        raise DomainError(
            "folder_inside", "Sauvegardez ailleurs que dans DATA_DIR, de préférence sur un autre disque."
        )
    unfinished = folder.with_name(f"{folder.name}{_UNFINISHED}")
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700, parents=True)
        manifest = _fill(unfinished, tell)
        if folder.exists():
            folder.rmdir()
        unfinished.rename(folder)
    except OSError as error:
        raise DomainError(
            "cannot_write",
            f"La sauvegarde n’a pas pu être écrite : {why(error)}. Donnez un dossier où le compte du service peut écrire, sur un disque qui a de la place.",
        ) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    if tables() is None:  # a base of another version is saved too, before its tables change
        with transaction.atomic():
            record(Actor.operator(), "installation.saved", rows=sum(manifest.rows.values()))
    return manifest


def _fill(folder: Path, tell: Tell) -> Manifest:
    now = timezone.now()
    tell("Copie de la base…")
    kind = engine()
    rows = kind.copy(folder / kind.file_name)
    (folder / kind.file_name).chmod(0o600)
    tell("Copie des fichiers…")
    for name in FOLDERS:
        if (source := Path(settings.DATA_DIR) / name).is_dir():
            shutil.copytree(
                source, folder / name, ignore_dangling_symlinks=True, copy_function=_copy_what_is_still_there
            )
    manifest = Manifest.of(
        written_at=now.isoformat(timespec="seconds"), engine=kind.file_name, rows=rows, folder=folder
    )
    manifest.write(folder)
    return manifest


def _copy_what_is_still_there(source: str, target: str) -> None:
    """An export may be deleted, its week over, while the folder is being copied."""
    try:
        shutil.copy2(source, target)
    except FileNotFoundError:
        return


def back_up_dated(parent: Path, *, keep: int, tell: Tell) -> Path:
    """A backup named by its instant; of those so named, only the last `keep` stay."""
    folder = parent / timezone.localtime().strftime(_DATED)
    back_up(folder, tell=tell)
    for old in dated_in(parent)[:-keep]:
        shutil.rmtree(old)
    return folder


def dated_in(parent: Path) -> list[Path]:
    """The finished backups that `back_up_dated` made there, oldest first."""
    return sorted(path for path in parent.iterdir() if _is_dated(path.name) and (path / NAME).exists())


def _is_dated(name: str) -> bool:
    try:
        datetime.strptime(name, _DATED)  # noqa: DTZ007 (only whether it reads as one)
    except ValueError:
        return False
    return True


def seconds_until(at: time, *, now: datetime) -> float:
    """How long until the next time that clocks show `at`, in the zone of `now`."""
    day = now.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    return ((day if day > now else day + timedelta(days=1)) - now).total_seconds()
