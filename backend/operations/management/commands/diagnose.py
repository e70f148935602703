"""`passerelles diagnose`: a file to send to whoever helps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from backend.core.command_line.commands import FrenchCommand
from backend.core.errors import DomainError
from backend.core.values.system_refusals import why
from backend.operations.diagnosis import diagnosis


class Command(FrenchCommand):
    """Read it before sending it: it is short and plain on purpose."""

    help = (
        "Écrit un fichier à joindre à une demande d’aide, sans donnée personnelle.\n"
        "Versions, état de chaque partie, nombre de lignes par table, variables données ou non. Jamais une valeur de variable, "
        "un nom, une adresse ni un texte."
    )
    needs_base = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Where."""
        parser.add_argument(
            "fichier", metavar="FICHIER", type=Path, nargs="?", default=Path("passerelles-diagnostic.json"),
            help="fichier à écrire (passerelles-diagnostic.json)",
        )  # fmt: skip

    def run(self, **options: Any) -> int:
        """Write, and say what to do with it."""
        text = json.dumps(diagnosis(), ensure_ascii=False, indent=1)
        try:
            options["fichier"].write_text(f"{text}\n", encoding="utf-8")
        except OSError as error:
            raise DomainError(
                "cannot_write",
                f"Ce fichier ne peut pas être écrit : {why(error)}. Donnez un autre chemin : passerelles diagnose /tmp/diagnostic.json",
            ) from error
        self.tell(f"Écrit : {options['fichier']}. Relisez-le, puis joignez-le à votre demande.")
        return 0
