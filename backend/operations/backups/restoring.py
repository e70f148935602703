"""Bring a backup back: looked at before anything is touched, counted after, and nothing of it opens a door again."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import DatabaseError, transaction

from backend.audit.trail import record
from backend.core.actor import Actor, typed_by
from backend.core.command_line.commands import account_of
from backend.core.errors import DomainError
from backend.core.health.checks import tables
from backend.core.privacy.erasing import erase_again
from backend.core.serving import nobody_serves
from backend.core.values.system_refusals import why
from backend.core.wall.keeping import keep
from backend.operations.backups.crossing import bring_across
from backend.operations.backups.engines import SQLite, engine, rows_now
from backend.operations.backups.manifest import Manifest, read_manifest
from backend.operations.backups.saving import FOLDERS
from backend.operations.backups.unrevived import close_what_was_open

Tell = Callable[[str], None]
_BESIDE = "retour-en-cours"


def restore(folder: Path, *, replace: bool, tell: Tell, typed_by_email: str | None = None) -> Manifest:
    """Put the base and the files back as they were; an installation in use is replaced only if `replace` says so.

    A backup of an older version gets the tables of this one; that of a small installation may come to a territory. What
    was open that day (sessions, links, messages to send) stays closed: the person it was for may have left since.
    """
    manifest = read_manifest(folder)
    with nobody_serves(Path(settings.DATA_DIR)):
        if not replace and _is_in_use():
            raise DomainError(
                "in_use",
                "Cette installation a déjà des comptes, qui seraient remplacés. Arrêtez le service, sauvegardez-la, puis "
                "ajoutez --replace.",
            )
        put_back(folder, manifest, tell=tell)
        if tables() is not None:
            tell("La sauvegarde date d’une version précédente : ses tables prennent la forme de celle-ci…")
            call_command("migrate", verbosity=0, interactive=False)
        if wall := keep():
            tell(wall)
        with typed_by(_account_come_back(typed_by_email, tell)), transaction.atomic():
            close_what_was_open()
            again = erase_again()
            record(Actor.operator(), "installation.restored", rows=sum(manifest.rows.values()))
        if again:
            tell(f"Fiches effacées depuis cette sauvegarde, effacées de nouveau : {again}.")
    return manifest


def _account_come_back(email: str | None, tell: Tell) -> int | None:
    """Looked for once the accounts are back; too late to refuse, so one that is not there is said."""
    try:
        return account_of(email)
    except DomainError:
        tell(
            "L’adresse donnée à --as n’a pas de compte dans cette sauvegarde : le journal dit « exploitation »."
        )
        return None


def put_back(folder: Path, manifest: Manifest, *, tell: Tell) -> None:
    """The base and the files exactly as they were saved; who calls it holds the service stopped."""
    kind = engine()
    is_another_size = manifest.engine != kind.file_name
    if is_another_size and manifest.engine != SQLite.file_name:
        raise DomainError(
            "other_engine",
            "Cette sauvegarde vient d’une base PostgreSQL, et cette installation a un fichier SQLite. Là où PostgreSQL répond, "
            "ramenez-la, puis passez d’une taille à l’autre : passerelles move-to sqlite:///CHEMIN.",
        )
    manifest.check_contents(folder)
    with _copied_beside(folder, manifest) as beside:
        tell("Retour de la base…")
        if is_another_size:
            bring_across(beside / manifest.engine, tell=tell)
        else:
            kind.bring_back(beside / kind.file_name)
            _check_rows(manifest)
        tell("Retour des fichiers…")
        _bring_files_back(beside)


@contextmanager
def _copied_beside(folder: Path, manifest: Manifest) -> Generator[Path]:
    """What was looked at and what is used are the same bytes: a copy of our own, gone afterwards."""
    beside = Path(settings.DATA_DIR) / _BESIDE
    shutil.rmtree(beside, ignore_errors=True)
    try:
        beside.mkdir(mode=0o700)
        _copy(folder, manifest, beside)
        yield beside
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _copy(folder: Path, manifest: Manifest, beside: Path) -> None:
    try:
        manifest.copy_into(beside, folder)
    except OSError as error:
        raise DomainError(
            "no_room",
            f"La sauvegarde n’a pas pu être copiée dans DATA_DIR : {why(error)}. Il y faut sa taille en place libre ; "
            "rien n’a été touché.",
        ) from error


def _is_in_use() -> bool:
    try:
        return get_user_model().objects.exists()
    except DatabaseError:
        return False


def _check_rows(manifest: Manifest) -> None:
    found = rows_now()
    wrong = sorted(name for name, many in manifest.rows.items() if found.get(name) != many)
    if wrong:
        raise DomainError(
            "rows_differ",
            f"La base revenue n’a pas les lignes attendues dans {len(wrong)} table(s) : {', '.join(wrong[:5])}. "
            "Ne rouvrez pas le service ; reprenez une autre sauvegarde.",
        )


def _bring_files_back(beside: Path) -> None:
    """Each folder takes the place of the present one; one that the backup does not have was empty that day."""
    for name in FOLDERS:
        present = Path(settings.DATA_DIR) / name
        shutil.rmtree(present, ignore_errors=True)
        if (beside / name).exists():
            (beside / name).rename(present)
