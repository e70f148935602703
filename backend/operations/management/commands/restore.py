"""`passerelles restore`: the installation as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from backend.core.command_line.commands import FrenchCommand
from backend.operations.backups.restoring import restore


class Command(FrenchCommand):
    """The service is stopped first; the keys are those of the backup."""

    writes = True
    help = (
        "Remet la base et les fichiers d’une sauvegarde.\n"
        "Refusée tant que le service tourne. Donnez les mêmes clés que le jour de la sauvegarde : sa signature et chaque fichier "
        "sont vérifiés avant que rien ne soit touché, et les lignes de chaque table recomptées après.\n"
        "Ne reviennent ni les sessions, ni les messages non partis, ni les invitations sans réponse, ni les jetons d’API : ils "
        "ont pu être retirés depuis. On se reconnecte, on réinvite."
    )
    needs_base = False
    brings_accounts = True

    def add_arguments(self, parser: CommandParser) -> None:
        """Which, and whether it may replace what is there."""
        parser.add_argument(
            "dossier", metavar="DOSSIER", type=Path, help="dossier fait par passerelles backup"
        )
        parser.add_argument(
            "--replace", action="store_true", help="remplace une installation qui a déjà des comptes"
        )

    def run(self, **options: Any) -> int:
        """Bring back, and say what is there."""
        manifest = restore(
            options["dossier"],
            replace=options["replace"],
            tell=self.complain,
            typed_by_email=options["typed_by"],
        )
        self.tell(
            f"Sauvegarde du {manifest.written_at} revenue : {sum(manifest.rows.values())} lignes, "
            f"{len(manifest.marks)} fichiers. Vérifiez avec passerelles check-install, puis rouvrez le service."
        )
        return 0
