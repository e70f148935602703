"""`passerelles set-rule`: a value of the rule book, from a day on."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from backend.core.actor import Actor
from backend.core.command_line.commands import FrenchCommand, day
from backend.core.errors import DomainError
from backend.core.findings import Confidence
from backend.core.values.dates import french_date
from backend.organisations.models import Organisation
from pathways.rules.dated.reading import read_row
from pathways.services import set_rule


class Command(FrenchCommand):
    """Enter what law or practice has changed."""

    writes = True
    help = (
        "Enregistre la valeur d’une règle à partir d’un jour. Un fait ancien reste jugé par la règle de son jour.\n"
        "Les noms et les valeurs en vigueur se lisent avec « passerelles rules »."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The rule, its value, its days, its text."""
        parser.add_argument("name", metavar="NOM", help="par exemple cddi_ceiling_months ou category:13")
        parser.add_argument("value", metavar="VALEUR", help="nombre, taux, catégorie ou liste de structures")
        parser.add_argument("--from", required=True, type=day, metavar="AAAA-MM-JJ", dest="valid_from",
                            help="premier jour")  # fmt: skip
        parser.add_argument(
            "--to", type=day, metavar="AAAA-MM-JJ", dest="valid_to", help="dernier jour compris"
        )
        parser.add_argument(
            "--basis", required=True, metavar="TEXTE", help="texte de loi, circulaire ou décision"
        )
        parser.add_argument("--confidence", choices=[each.value for each in Confidence],
                            default=Confidence.CONFIRMED.value, help="confirmed par défaut")  # fmt: skip
        parser.add_argument(
            "--structure", type=int, metavar="N", help="numéro de la structure, pour une décision"
        )

    def run(self, **options: Any) -> int:
        """Write the row and say how it will be read."""
        structure = options.pop("structure")
        row = set_rule(actor=Actor.operator(), organisation=_structure(structure), **options)
        rule = read_row(row)
        until = f" jusqu’au {french_date(row.valid_to)}" if row.valid_to else ""
        self.tell(f"{rule.label} : {rule.words}, à partir du {french_date(row.valid_from)}{until}.")
        return 0


def _structure(number: int | None) -> Organisation | None:
    if number is None:
        return None
    found = Organisation.objects.filter(pk=number).first()
    if found is None:
        raise DomainError("unknown_structure", f"Structure inconnue : {number}. Donnez son numéro.")
    return found
