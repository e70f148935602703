"""`passerelles rules`: every dated rule, its value on a day, its text and how sure we are."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from backend.core.command_line.commands import FrenchCommand, day
from pathways.selectors.rule_book import read_book


class Command(FrenchCommand):
    """Read the rule book."""

    help = (
        "Liste les règles datées : nom, valeur, jours, texte et confiance.\n"
        "Toutes les valeurs d’une règle se suivent ; « * » marque celle qui est en vigueur le jour demandé."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The day asked about."""
        parser.add_argument(
            "--on", type=day, metavar="AAAA-MM-JJ", default=None, help="aujourd’hui par défaut"
        )

    def run(self, **options: Any) -> int:
        """One line per row: the mark, the name, the value, the days, how sure, the text."""
        on, book = options["on"] or timezone.localdate(), read_book()
        for name in book.names:
            in_force = book.rule(name, on=on)
            for row in book.history(name):
                mark = "*" if row is in_force else " "
                place = f" structure {row.organisation_id}" if row.organisation_id else ""
                self.tell(
                    f"{mark} {name}{place}\t{row.words}\t{row.days_in_words}\t{row.confidence.label}\t{row.basis}"
                )
        return 0
