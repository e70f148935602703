"""`passerelles rank`: who could do this work, with reasons."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from backend.core.command_line.commands import FrenchCommand
from competences.services import ensure_referential
from employers.matching.cli import run
from employers.selectors.referential import current_referential


class Command(FrenchCommand):
    """Same input, same output, byte for byte."""

    help = (
        "Classe des profils devant des besoins, par compétences et avec les raisons.\n"
        "Deux fichiers JSON, une ligne par besoin et une par profil. Une clé qui n’est pas une compétence est refusée.\n"
        "Clés, niveaux et résultat : docs/rapprochement.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Two files in, one out."""
        parser.add_argument(
            "--requirements", metavar="FICHIER", type=Path, required=True, help="besoins, en lignes JSON"
        )
        parser.add_argument(
            "--profiles", metavar="FICHIER", type=Path, required=True, help="profils, en lignes JSON"
        )
        parser.add_argument("--top", metavar="N", type=int, help="ne garde que les N premiers")
        parser.add_argument(
            "--trade-weight", metavar="λ", type=float, default=0.0, help="poids du métier, de 0 à 1 (0)"
        )
        parser.add_argument("--no-reasons", action="store_true", help="sans les raisons")
        parser.add_argument(
            "--output", metavar="FICHIER", type=Path, help="écrit dans ce fichier plutôt qu’à l’écran"
        )

    def run(self, **options: Any) -> int:
        """Load the referential of the base, then let the engine read, rank and write."""
        ensure_referential()
        return run(
            options["requirements"],
            options["profiles"],
            current_referential(),
            top=options["top"],
            trade_weight=options["trade_weight"],
            with_reasons=not options["no_reasons"],
            output=options["output"],
            stdout=self.stdout._out,  # type: ignore[arg-type]
            stderr=self.stderr._out,  # type: ignore[arg-type]
        )
