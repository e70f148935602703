"""`passerelles second-wall`: PostgreSQL itself refuses what goes from a structure to another."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.db import connection, transaction

from backend.audit.trail import record
from backend.core.actor import Actor
from backend.core.command_line.commands import FrenchCommand
from backend.core.wall import keeping
from backend.core.wall.raising import obstacle, raise_wall, state_of, take_down


class Command(FrenchCommand):
    """People may go on working meanwhile."""

    writes = True
    help = (
        "Dit où en est le second mur, le dresse ou l’enlève (PostgreSQL seulement).\n"
        "Dressé, la base refuse elle-même de lire ou d’écrire la ligne d’une personne que le travail en cours n’atteint pas, "
        "même par une requête mal écrite. Installation, mises à jour et retours le dressent d’eux-mêmes là où il peut tenir, sauf "
        "si cette commande l’a enlevé. Le service peut tourner. Sans option : rend 0 quand tout est derrière le mur, 1 sinon."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """One gesture or the other; none only looks."""
        gestures = parser.add_mutually_exclusive_group()
        gestures.add_argument(
            "--raise", dest="raises", action="store_true", help="le dresse, ou le remet à jour"
        )
        gestures.add_argument("--take-down", action="store_true", help="l’enlève")

    def run(self, **options: Any) -> int:
        """Do what was asked, or tell what stands there."""
        if options["raises"]:
            with transaction.atomic():
                many = raise_wall()
                record(Actor.operator(), "installation.wall_raised", tables=many)
            keeping.decide_to_raise()
            self.tell(keeping.told())
            return 0
        if options["take_down"]:
            if connection.vendor != "postgresql":
                return self._look()
            keeping.decide_to_take_down()  # first: an upgrade that begins meanwhile leaves it down
            with transaction.atomic():
                many = take_down()
                record(Actor.operator(), "installation.wall_taken_down", tables=many)
            self.tell(
                f"Le second mur est enlevé de {many} table(s), et le reste : ni mise à jour ni retour d’une sauvegarde ne le "
                "dressent plus. Reste le premier : les droits de chaque rôle."
            )
            return 0
        return self._look()

    def _look(self) -> int:
        is_whole = state_of().is_whole and obstacle() is None
        (self.tell if is_whole else self.complain)(keeping.told())
        return 0 if is_whole else 1
