"""Bring a backup back: looked at before anything is touched, counted after."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import DatabaseError, transaction

from backend.audit.trail import record
from backend.core.actor import Actor
from backend.core.errors import DomainError
from backend.core.health.checks import tables
from backend.operations.backups.engines import engine, rows_now
from backend.operations.backups.manifest import Manifest, read_manifest
from backend.operations.backups.saving import FOLDERS

Tell = Callable[[str], None]


def restore(folder: Path, *, replace: bool, tell: Tell) -> Manifest:
    """Put the base and the files back as they were; an installation in use is replaced only if `replace` says so."""
    manifest = read_manifest(folder)
    kind = engine()
    if manifest.engine != kind.file_name:
        raise DomainError(
            "other_engine",
            "Cette sauvegarde vient d’un autre moteur de base. Pour passer de l’un à l’autre : export-bundle, puis "
            "import-bundle.",
        )
    manifest.check_marks(folder)
    if not manifest.opens_with_our_keys():
        raise DomainError(
            "other_keys",
            "FIELD_KEY n’est pas la clé de cette sauvegarde : ses textes resteraient illisibles. Remettez la clé gardée à "
            "part (ou donnez-la dans OLD_FIELD_KEYS), puis recommencez ; rien n’a été touché.",
        )
    if not replace and _is_in_use():
        raise DomainError(
            "in_use",
            "Cette installation a déjà des comptes, qui seraient remplacés. Arrêtez le service, sauvegardez-la, puis "
            "ajoutez --replace.",
        )
    tell("Retour de la base…")
    kind.bring_back(folder / kind.file_name)
    _check_rows(manifest)
    tell("Retour des fichiers…")
    _bring_files_back(folder)
    if tables() is None:
        with transaction.atomic():
            record(Actor.operator(), "installation.restored", rows=sum(manifest.rows.values()))
    else:
        tell("La sauvegarde date d’une version précédente : lancez « passerelles migrate » avant de rouvrir.")
    return manifest


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


def _bring_files_back(folder: Path) -> None:
    """Each folder is copied beside, then takes the place of the present one."""
    for name in FOLDERS:
        present, beside = Path(settings.DATA_DIR) / name, Path(settings.DATA_DIR) / f"{name}.retour"
        shutil.rmtree(beside, ignore_errors=True)
        if (folder / name).is_dir():
            shutil.copytree(folder / name, beside)
        shutil.rmtree(present, ignore_errors=True)
        if beside.exists():
            beside.rename(present)
