"""`passerelles move-to`: from SQLite to PostgreSQL, and back."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import CommandParser

from backend.core.command_line.commands import FrenchCommand
from backend.core.errors import DomainError
from backend.operations.moves.moving import move
from backend.settings.base import database


class Command(FrenchCommand):
    """The service is stopped first; the present base stays as it is."""

    writes = True
    help = (
        "Copie toute la base dans une autre, vide, de l’un ou l’autre moteur.\n"
        "Refusée tant que le service tourne, ou si la base d’arrivée contient quelque chose. Chaque table est copiée telle "
        "quelle (les textes restent chiffrés), recomptée et comparée ; la base présente n’est pas touchée. Donnez ensuite la "
        "nouvelle adresse à DATABASE_URL. Les fichiers restent dans DATA_DIR."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument(
            "adresse",
            metavar="DATABASE_URL",
            help="postgres://compte:motdepasse@machine:5432/base ou sqlite:///chemin ; « - » pour la lire sur l’entrée, sans "
            "que le mot de passe paraisse dans la liste des processus",
        )

    def run(self, **options: Any) -> int:
        """Move, count, and say what to do next."""
        typed = options["adresse"]
        rows = move(_database(sys.stdin.readline().strip() if typed == "-" else typed), tell=self.complain)
        self.tell(
            f"{sum(rows.values())} lignes dans {len(rows)} tables sont dans la base d’arrivée, les mêmes qu’ici. Donnez son "
            "adresse à DATABASE_URL, puis passerelles check-install, et relancez le service. Gardez la base présente jusque-là."
        )
        return 0


def _database(url: str) -> dict[str, Any]:
    if not url.startswith(("sqlite:///", "postgres://", "postgresql://")):
        raise DomainError(
            "not_a_database",
            "Une adresse comme postgres://compte:motdepasse@machine:5432/base ou sqlite:///chemin est attendue.",
        )
    return database(url)
