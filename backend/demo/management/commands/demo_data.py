"""`passerelles demo-data`: an invented territory of any size, for trials and load tests."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from backend.core.command_line.commands import FrenchCommand
from backend.core.tables import statistics
from backend.demo.loading.territory import load_territory
from backend.demo.simulate import simulate_batches
from competences.services import ensure_referential

MOST_PEOPLE, MOST_STRUCTURES, MOST_YEARS = 500_000, 10_000, 20


class Command(FrenchCommand):
    """Always the same for a given seed and day."""

    writes = True
    help = (
        "Remplit une base vide avec un territoire inventé, de la taille voulue.\n"
        "Il est calé sur les chiffres publiés (durées, heures, sexe, sorties par catégorie)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """How many, how long, which draw."""
        parser.add_argument("--people", metavar="N", type=int, default=400, help="personnes (400)")
        parser.add_argument("--structures", metavar="N", type=int, default=6, help="structures (6)")
        parser.add_argument("--years", metavar="N", type=int, default=3, help="années d’historique (3)")
        parser.add_argument("--seed", metavar="N", type=int, default=1, help="tirage (1)")

    def run(self, **options: Any) -> int:
        """Check the sizes, then draw and load batch by batch."""
        limits = (("people", MOST_PEOPLE), ("structures", MOST_STRUCTURES), ("years", MOST_YEARS))
        for name, most in limits:
            if not 1 <= options[name] <= most:
                self.complain(f"--{name} attend un nombre de 1 à {most}.")
                return 2
        ensure_referential()
        batches = simulate_batches(
            options["people"], options["structures"], options["years"], options["seed"], timezone.localdate()
        )
        count = load_territory(batches, on_progress=lambda done: self.complain(f"{done} personnes"))
        statistics.refresh()
        self.tell(
            f"{count} personnes inventées dans {options['structures']} structures, sur {options['years']} ans."
        )
        return 0
