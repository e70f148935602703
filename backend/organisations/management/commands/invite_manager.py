"""`passerelles invite-manager`: the manager of a structure that has none, so that somebody may agree to the others."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from backend.core.actor import Actor, Role
from backend.core.command_line.commands import FrenchCommand
from backend.core.errors import DomainError
from backend.core.values.numbers import whole_number
from backend.organisations.links import links_at
from backend.organisations.models import Organisation
from backend.organisations.services import invite_member


class Command(FrenchCommand):
    """What neither the head of a group nor an administrator may give alone."""

    help = (
        "Invite une personne responsable dans une structure déjà ouverte.\n"
        "La première, ou la suivante quand plus personne n’y répond. Le lien est envoyé par courriel et affiché ici ;\n"
        "il sert une fois, pendant sept jours."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Where, whom, and where the service is."""
        parser.add_argument("structure", metavar="STRUCTURE", help="son nom exact, ou son numéro")
        parser.add_argument("--email", metavar="ADRESSE", required=True, help="adresse de la personne")
        parser.add_argument(
            "--site", metavar="URL", default="http://127.0.0.1:8000", help="adresse du service"
        )

    def run(self, **options: Any) -> int:
        """Invite, show the link."""
        links: list[str] = []
        invite_member(
            actor=Actor.operator(),
            organisation=_structure(options["structure"]),
            email=options["email"],
            role=Role.MANAGER,
            link_to=links_at(options["site"], links),
        )
        self.tell(f"Invitation partie. Lien à remettre à la personne :\n{links[0]}")
        return 0


def _structure(text: str) -> Organisation:
    named = Organisation.objects.filter(name=text)
    found = list(named or Organisation.objects.filter(pk=whole_number(text) or 0))
    if len(found) != 1:
        raise DomainError(
            "which_structure",
            "Aucune structure, ou plusieurs, ne répondent à ce nom. Donnez son numéro, lu à la fin de l’adresse de "
            "sa page de réglages.",
        )
    return found[0]
