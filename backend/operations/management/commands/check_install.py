"""`passerelles check-install`: what is missing or unsafe, and what to type."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from backend.core.command_line.commands import FrenchCommand
from backend.core.health.findings import Gravity, Trouble, troubles
from backend.core.wall.raising import state_of

_WORDS = {Gravity.VITAL: "À corriger", Gravity.DEGRADED: "À rétablir", Gravity.NOTICE: "À compléter"}


class Command(FrenchCommand):
    """The same findings as `/sante/pret/`, with the remedy of each."""

    help = (
        "Dit ce qui manque à l’installation, et quoi taper.\n"
        "Regarde la base, ses tables, le décompte des connexions, le disque, les feuilles de style, le référentiel, la file "
        "des travaux, les signes de vie des travaux et de l’horloge. Rend 0 quand tout est prêt, 1 sinon."
    )
    needs_base = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Before the first start, nothing runs yet."""
        parser.add_argument(
            "--before-start",
            action="store_true",
            help="ne regarde pas ce qui doit tourner, seulement ce qui doit être là",
        )

    def run(self, **options: Any) -> int:
        """Tell everything found, gravest first."""
        found = troubles(is_running=not options["before_start"])
        for trouble in found:
            self.tell(told(trouble))
        if any(trouble.gravity > Gravity.NOTICE for trouble in found):
            return 1
        self.tell("Tout est prêt, le second mur est dressé." if state_of().is_whole else "Tout est prêt.")
        return 0


def told(trouble: Trouble) -> str:
    """One trouble in two lines: what is wrong, then what to do."""
    return f"{_WORDS[trouble.gravity]} : {trouble.sentence}\n    → {trouble.remedy}"
