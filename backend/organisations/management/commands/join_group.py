"""`passerelles join-group`: offer a group to a structure opened apart; its manager accepts on screen."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from backend.core.actor import Actor
from backend.core.command_line.commands import FrenchCommand
from backend.organisations.command_line import address, the_group
from backend.organisations.services import offer_group


class Command(FrenchCommand):
    """The installation offers in the name of the group; only the structure itself says yes."""

    writes = True
    help = (
        "Propose à une structure de rejoindre un groupe.\n"
        "À lancer à la demande de la tête du groupe. La personne responsable de la structure accepte ou refuse dans « Équipe »,\n"
        "avant le terme de la proposition : rien ne change sans son accord."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which group, and who answers for the structure."""
        parser.add_argument("group", metavar="GROUPE", help="son nom ou son numéro")
        parser.add_argument(
            "--email",
            metavar="ADRESSE",
            type=address,
            required=True,
            help="adresse de la ou du responsable de la structure",
        )

    def run(self, **options: Any) -> int:
        """Offer."""
        offer_group(actor=Actor.operator(), group=the_group(options["group"]), email=options["email"])
        self.tell("Proposition enregistrée : elle attend la réponse de cette personne dans « Équipe ».")
        return 0
