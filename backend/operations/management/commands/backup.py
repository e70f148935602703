"""`passerelles backup`: base and files of one instant, in a folder."""

from __future__ import annotations

import argparse
import time
from datetime import datetime
from datetime import time as clock_time
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from backend.core.command_line.commands import FrenchCommand
from backend.core.errors import DomainError
from backend.operations.backups.saving import NIGHTS_KEPT, back_up, back_up_dated, seconds_until


class Command(FrenchCommand):
    """People may go on working meanwhile."""

    writes = True
    help = (
        "Sauvegarde la base et les fichiers dans un dossier, pendant que le service tourne.\n"
        "Le dossier n’apparaît qu’une fois complet, avec un manifeste : lignes de chaque table, empreinte de chaque fichier.\n"
        "Les clés n’y sont jamais : gardez SECRET_KEY, FIELD_KEY et PSEUDONYM_KEY à part, sans FIELD_KEY les textes restent fermés."
    )
    needs_base = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Where, and whether every night."""
        parser.add_argument("dossier", metavar="DOSSIER", type=Path, help="dossier nouveau ou vide")
        parser.add_argument(
            "--dated", action="store_true", help="crée dans DOSSIER une sauvegarde nommée par son instant"
        )
        parser.add_argument(
            "--keep",
            metavar="N",
            type=int,
            default=NIGHTS_KEPT,
            help=f"combien de sauvegardes datées garder ({NIGHTS_KEPT})",
        )
        parser.add_argument(
            "--each-night",
            metavar="HH:MM",
            type=hour,
            help="recommence chaque nuit à cette heure, sans s’arrêter",
        )

    def run(self, **options: Any) -> int:
        """Once, or every night until stopped."""
        if options["keep"] < 1:
            raise DomainError("keep_one", "Gardez au moins une sauvegarde : --keep 1 ou plus.")
        if options["each_night"]:
            self._each_night(options)
        if options["dated"]:
            self.tell(f"Sauvegarde faite : {self._dated(options)}")
            return 0
        manifest = back_up(options["dossier"], tell=self.complain)
        self.tell(
            f"Sauvegarde faite : {sum(manifest.rows.values())} lignes dans {len(manifest.rows)} tables, "
            f"{len(manifest.marks)} fichiers. Gardez les clés à part."
        )
        return 0

    def _dated(self, options: dict[str, Any]) -> Path:
        return back_up_dated(options["dossier"], keep=options["keep"], tell=self.complain)

    def _each_night(self, options: dict[str, Any]) -> None:
        """A night that fails is said, and does not prevent the next one."""
        while True:
            time.sleep(seconds_until(options["each_night"], now=timezone.localtime()))
            try:
                self.tell(f"Sauvegarde faite : {self._dated(options).name}")
            except DomainError as error:
                self.complain(f"La sauvegarde de cette nuit a échoué. {error.message}")


def hour(text: str) -> clock_time:
    """A time of day given as an option; `ArgumentTypeError` otherwise."""
    try:
        return datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 (a time of day, of our own zone)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas une heure : écrivez HH:MM") from error
