"""Bring an installation to the version of this program: saved first, and back as it was if anything goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, count
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from backend.audit.trail import record
from backend.core.actor import Actor
from backend.core.errors import DomainError
from backend.core.health.findings import Gravity, Trouble, troubles
from backend.core.serving import nobody_serves
from backend.core.wall.keeping import keep
from backend.operations.backups.manifest import Manifest
from backend.operations.backups.restoring import put_back
from backend.operations.backups.saving import back_up

Tell = Callable[[str], None]
SET_RIGHT_HERE = frozenset({"migrations", "feuilles_de_style", "cache"})
"""Troubles that an older version leaves, and that the steps below end; any other is for the operator first."""


def upgrade(parent: Path, *, tell: Tell) -> Path:
    """Save in a new folder of `parent`, change the tables, gather style sheets, check; the folder of the backup.

    `DomainError` when something was in the way, with nothing touched, or when a step failed, with everything back as
    it was saved.
    """
    with nobody_serves(Path(settings.DATA_DIR)):
        if in_the_way := [each for each in _vital() if each.code not in SET_RIGHT_HERE]:
            raise DomainError("not_ready", f"Rien n’a été touché. D’abord : {_told(in_the_way)}")
        folder = _free(parent / timezone.localtime().strftime("avant-mise-a-jour-%Y-%m-%d-%H%M%S"))
        manifest = back_up(folder, tell=tell)
        step = "Les tables"
        try:
            tell(f"{step}…")
            call_command("migrate", interactive=False, verbosity=0)
            if wall := keep():
                tell(wall)
            step = "Les feuilles de style"
            tell(f"{step}…")
            call_command("collectstatic", interactive=False, verbosity=0)
            step = "La vérification"
            tell(f"{step}…")
            _check()
            with transaction.atomic():
                record(Actor.operator(), "installation.upgraded", product=manifest.product)
        except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 (whatever happens, it goes back)
            _go_back(folder, manifest, step, error, tell)
    return folder


def _free(wanted: Path) -> Path:
    """This folder, or the next one: tried again at once, or after a clock went back, a name may be taken."""
    others = (wanted.with_name(f"{wanted.name}-{number}") for number in count(2))
    return next(folder for folder in chain([wanted], others) if not folder.exists())


def _go_back(folder: Path, manifest: Manifest, step: str, error: BaseException, tell: Tell) -> None:
    tell("Retour à ce qui était…")
    try:
        put_back(folder, manifest, tell=tell)
    except Exception as second:  # noqa: BLE001 (and whatever happens then is said)
        raise DomainError(
            "not_back",
            f"{step} : échec ({_why(error)}), et le retour aussi ({_why(second)}). Ne relancez pas le service. Réinstallez la "
            f"version précédente, puis : passerelles restore {folder} --replace",
        ) from error
    raise DomainError(
        "upgrade_failed",
        f"{step} : échec ({_why(error)}). La base et les fichiers sont revenus tels qu’ils étaient. Réinstallez la version "
        f"précédente, lancez passerelles collectstatic --no-input, puis le service. La sauvegarde reste dans {folder}.",
    ) from error


def _check() -> None:
    if left := _vital():
        raise DomainError("still_wrong", _told(left))


def _vital() -> list[Trouble]:
    return [trouble for trouble in troubles(is_running=False) if trouble.gravity is Gravity.VITAL]


def _told(found: list[Trouble]) -> str:
    return " ".join(f"{trouble.sentence} → {trouble.remedy}" for trouble in found)


def _why(error: BaseException) -> str:
    """Our own words, or the kind of a failure: its text may quote a row."""
    return error.message.rstrip(".") if isinstance(error, DomainError) else type(error).__name__
