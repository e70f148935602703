"""`passerelles export-bundle`: leave with everything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from backend.core.actor import Actor
from backend.core.command_line.commands import FrenchCommand
from backend.exchange.exporting import export_bundle


class Command(FrenchCommand):
    """The documented way out."""

    writes = True
    help = (
        "Écrit toute l’installation dans un dossier vide, au format d’échange.\n"
        "Le format est décrit dans docs/echange.md ; un csv de plus par table qu’il ne prévoit pas.\n"
        "Le dossier contient des données personnelles."
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
