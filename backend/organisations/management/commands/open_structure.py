"""`passerelles open-structure`: the first structure of an installation, and the link for its manager."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction

from backend.core.actor import Actor, Role
from backend.core.command_line.commands import FrenchCommand
from backend.organisations.enums import StructureKind
from backend.organisations.links import links_at
from backend.organisations.services import create_structure, invite_member


class Command(FrenchCommand):
    """Everything after this happens on screen: the manager invites the team."""

    help = (
        "Ouvre une structure et invite sa ou son responsable.\n"
        "Cette personne invitera ensuite son équipe depuis les écrans. Le lien d’invitation est envoyé par courriel et affiché ici ; il sert une fois, pendant sept jours."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What to open, for whom, and where the service is."""
        parser.add_argument("nom", metavar="NOM", help="nom de la structure")
        parser.add_argument(
            "--kind", metavar="TYPE", choices=StructureKind.values, required=True, help="AI, ETTI, ACI…"
        )
        parser.add_argument(
            "--email", metavar="ADRESSE", required=True, help="adresse de la ou du responsable"
        )
        parser.add_argument(
            "--site", metavar="URL", default="http://127.0.0.1:8000", help="adresse du service"
        )

    def run(self, **options: Any) -> int:
        """Open, invite, show the link."""
        links: list[str] = []
        operator = Actor.operator()
        with transaction.atomic():
            structure = create_structure(
                actor=operator, name=options["nom"], kind=StructureKind(options["kind"])
            )
            invite_member(
                actor=operator,
                organisation=structure,
                email=options["email"],
                role=Role.MANAGER,
                link_to=links_at(options["site"], links),
            )
        self.tell(f"Structure ouverte. Lien à remettre à la ou au responsable :\n{links[0]}")
        return 0
