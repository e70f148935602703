"""`passerelles upgrade`: after a new version is installed, before the service starts again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from backend.core.command_line.commands import FrenchCommand
from backend.operations.upgrading import upgrade


class Command(FrenchCommand):
    """One command between « pip install » and the next start."""

    writes = True
    help = (
        "Passe à la version qui vient d’être installée, et revient en arrière si une étape échoue.\n"
        "Service arrêté. Si une étape échoue, la base et les fichiers reviennent tels qu’ils étaient, et la commande dit quoi "
        "taper pour rouvrir avec la version précédente."
    )
    needs_base = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to save first."""
        parser.add_argument(
            "dossier",
            metavar="DOSSIER",
            type=Path,
            help="où garder la sauvegarde d’avant, dans un dossier daté",
        )

    def run(self, **options: Any) -> int:
        """Upgrade, and say what to do next."""
        folder = upgrade(options["dossier"], tell=self.complain)
        self.tell(f"L’installation est à jour. Relancez le service. La sauvegarde d’avant est dans {folder}.")
        return 0
