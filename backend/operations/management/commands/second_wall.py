"""`passerelles second-wall`: PostgreSQL itself refuses what goes from a structure to another."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction

from backend.audit.trail import record
from backend.core.actor import Actor
from backend.core.command_line.commands import FrenchCommand
from backend.core.wall.raising import raise_wall, state_of, take_down


class Command(FrenchCommand):
    """People may go on working meanwhile."""

    writes = True
    help = (
        "Dit où en est le second mur, le dresse ou l’enlève (PostgreSQL seulement).\n"
        "Dressé, la base refuse elle-même de lire ou d’écrire la ligne d’une personne que le travail en cours n’atteint pas, "
        "même par une requête mal écrite. Le service peut tourner. Sans option : rend 0 quand tout est derrière le mur, 1 sinon."
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
            self.tell(f"Le second mur est dressé : {many} tables de personnes derrière lui.")
            return 0
        if options["take_down"]:
            with transaction.atomic():
                many = take_down()
                record(Actor.operator(), "installation.wall_taken_down", tables=many)
            self.tell(
                f"Le second mur est enlevé de {many} table(s). Reste le premier : les droits de chaque rôle."
            )
            return 0
        return self._look()

    def _look(self) -> int:
        state = state_of()
        if state.is_whole:
            self.tell(f"Le second mur est dressé : {len(state.behind)} tables de personnes derrière lui.")
            return 0
        if state.is_up:
            self.complain(
                f"Le second mur n’est pas entier : {len(state.outside)} table(s) dehors, {len(state.older)} d’une autre version"
                f"{', et le compte de la base passe par-dessus' if state.passes_over else ''}. Tapez : passerelles "
                "second-wall --raise"
            )
        else:
            self.complain("Le second mur n’est pas dressé. Pour le dresser : passerelles second-wall --raise")
        return 1
