"""`passerelles recompose`: which jobs these tasks could become, and why."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from backend.core.command_line.commands import FrenchCommand
from employers.recomposition.cli import run, stop_requests
from employers.recomposition.facts.of_the_day import parameters_of
from pathways.selectors.rule_book import read_book


class Command(FrenchCommand):
    """Same input, same seed, same iterations: same plan."""

    help = (
        "Compose des postes à partir des tâches de plusieurs employeurs, avec leurs raisons.\n"
        "Le calcul est expliqué dans employers/recomposition/README.md. Ctrl-C donne le meilleur plan trouvé jusque-là."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """One file in, one plan out."""
        parser.add_argument("fichier", metavar="FICHIER", help="tâches, employeurs et personnes, en JSON")
        parser.add_argument("--output", metavar="FICHIER", help="écrit le plan dans ce fichier")
        parser.add_argument(
            "--seconds", metavar="S", type=float, default=20.0, help="temps accordé, en secondes (20)"
        )
        parser.add_argument("--seed", metavar="N", type=int, default=1, help="tirage (1)")
        parser.add_argument(
            "--iterations", metavar="N", type=int, help="nombre d’essais, pour un plan reproductible"
        )

    def run(self, **options: Any) -> int:
        """Recompose; a polite stop ends with the best plan so far."""
        with stop_requests() as should_stop:
            return run(
                options["fichier"],
                output=options["output"],
                seconds=options["seconds"],
                seed=options["seed"],
                iterations=options["iterations"],
                usual=parameters_of(read_book(), on=timezone.localdate()),
                stdout=self.stdout._out,  # type: ignore[arg-type]
                stderr=self.stderr._out,  # type: ignore[arg-type]
                should_stop=should_stop,
            )
