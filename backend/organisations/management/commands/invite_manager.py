"""`passerelles invite-manager`: the manager of a structure that has none, so that somebody may agree to the others."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from backend.core.actor import Actor, Role
from backend.core.command_line.commands import FrenchCommand
from backend.organisations.command_line import add_site, address, say_link, the_structure
from backend.organisations.services import invite_member


class Command(FrenchCommand):
    """The same as `invite --structure … --role responsable`, kept by its first name."""

    writes = True
    help = (
        "Invite une personne responsable dans une structure déjà ouverte.\n"
        "La première, ou la suivante quand plus personne n’y répond. « passerelles invite » donne aussi les autres rôles."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Where and whom."""
        parser.add_argument("structure", metavar="STRUCTURE", help="son SIRET, son nom ou son numéro")
        parser.add_argument(
            "--email", metavar="ADRESSE", type=address, required=True, help="adresse de la personne"
        )
        add_site(parser)

    def run(self, **options: Any) -> int:
        """Invite, show the link."""
        place = the_structure(options["structure"])
        say_link(
            self,
            options["site"],
            lambda link_to: invite_member(
                actor=Actor.operator(),
                organisation=place,
                email=options["email"],
                role=Role.MANAGER,
                link_to=link_to,
            ),
        )
        return 0
