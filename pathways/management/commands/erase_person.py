"""`passerelles erase-person`: one person erased, once every structure that knew them agreed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from backend.core.actor import Actor
from backend.core.command_line.commands import FrenchCommand
from backend.core.errors import DomainError
from backend.core.privacy.erasing import what_would_go
from pathways.models import Beneficiary
from pathways.services.privacy.requests import erase_one


class Command(FrenchCommand):
    """The trail keeps the day and the reason, never the name."""

    writes = True
    help = (
        "Efface pour de bon la fiche d’une personne et tout ce qui est à elle.\n"
        "Pour qui a été accompagné par plusieurs structures ; une seule l’efface depuis la fiche. "
        "Refusé tant qu’elle est accompagnée. Sans --yes, dit seulement ce qui partirait."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, and whether it is meant."""
        parser.add_argument("personne", metavar="NUMÉRO", type=int, help="numéro de la fiche")
        parser.add_argument("--yes", action="store_true", help="efface vraiment")

    def run(self, **options: Any) -> int:
        """Tell what would go, or do it."""
        person = Beneficiary.objects.filter(pk=options["personne"]).first()
        if person is None:
            raise DomainError("unknown_person", "Aucune fiche ne porte ce numéro.")
        for model, count in what_would_go(person.pk).items():
            self.tell(f"{model._meta.verbose_name_plural} : {count}")
        if not options["yes"]:
            self.tell("Rien n’est effacé. Ajoutez --yes pour effacer pour de bon.")
            return 0
        erase_one(actor=Actor.operator(), beneficiary=person)
        self.tell("La fiche est effacée.")
        return 0
