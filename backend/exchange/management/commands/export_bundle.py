"""`passerelles export-bundle`: leave with everything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from backend.core.actor import Actor
from backend.core.commands import FrenchCommand
from backend.exchange.exporting import export_bundle


class Command(FrenchCommand):
    """The documented way out."""

    help = (
        "Écrit toute l’installation dans un dossier vide, au format d’échange (voir docs/echange.md),\n"
        "avec un csv par table que ce format ne prévoit pas. Le dossier contient des données personnelles."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """One folder."""
        parser.add_argument("dossier", metavar="DOSSIER", type=Path, help="dossier vide ou à créer")

    def run(self, **options: Any) -> int:
        """Export, and say how many lines each file holds."""
        counts = export_bundle(actor=Actor.operator(), folder=options["dossier"], on_progress=self.complain)
        for file, lines in counts.items():
            self.tell(f"{file} : {lines} lignes")
        return 0
