"""`passerelles access-copy`: everything kept about one person, to be handed to them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from backend.audit import trail
from backend.core.actor import Actor
from backend.core.command_line.commands import FrenchCommand
from backend.core.errors import DomainError
from backend.core.values.system_refusals import why
from pathways.models import Beneficiary
from pathways.services.privacy.copies import archive_of


class Command(FrenchCommand):
    """For somebody who has no access of their own."""

    writes = True
    help = (
        "Écrit dans un dossier la copie de tout ce qui est gardé sur une personne.\n"
        "Un document à lire, les données, ses pièces. Pour la lui remettre en main propre.\n"
        "Le numéro est celui de sa fiche, dans l’adresse de sa page."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, and where."""
        parser.add_argument("personne", metavar="NUMÉRO", type=int, help="numéro de la fiche")
        parser.add_argument("dossier", metavar="DOSSIER", type=Path, help="dossier où écrire")

    def run(self, **options: Any) -> int:
        """Write the archive, readable by its owner only."""
        person = Beneficiary.objects.filter(pk=options["personne"]).first()
        if person is None:
            raise DomainError("unknown_person", "Aucune fiche ne porte ce numéro.")
        path = options["dossier"] / f"copie-{person.pk}.zip"
        content = archive_of(Actor.operator(), person)
        try:
            options["dossier"].mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_bytes(content)
        except OSError as error:
            raise DomainError("cannot_write", f"La copie ne peut pas être écrite : {why(error)}.") from error
        trail.record(Actor.operator(), "access_copy.taken", person)
        self.tell(f"Copie écrite : {path}. Remettez-la à la personne, puis effacez-la d’ici.")
        return 0
