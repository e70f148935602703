"""`passerelles exit-statistics`: the figures of a period, as JSON or csv."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.core.management.base import CommandParser

from backend.core.actor import Actor
from backend.core.command_line.commands import FrenchCommand, day
from backend.core.tables.exports import csv_text
from pathways.rules.kinds import NOT_COUNTED
from reports.exits.compute.period import Period
from reports.exits.compute.summary import as_promised
from reports.exits.figures import exit_report, structures_named
from reports.exits.tables import SUMMARY_COLUMNS, names_of, summary_rows


class Command(FrenchCommand):
    """Figures for the dialogue de gestion, the same as on the screen."""

    help = (
        "Compte les sorties d’une période : examinées, retirées, sous le seuil, et les taux.\n"
        "Les seuils appliqués figurent dans le résultat. Premier et dernier jour compris."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The period, the structures, the format."""
        parser.add_argument("--start", required=True, type=day, metavar="AAAA-MM-JJ", help="premier jour")
        parser.add_argument("--end", required=True, type=day, metavar="AAAA-MM-JJ", help="dernier jour")
        parser.add_argument(
            "--structure",
            nargs="+",
            action="extend",
            default=None,
            metavar="ID",
            help="identifiant d’origine ou numéro de la structure ; toutes par défaut",
        )
        parser.add_argument("--format", choices=("json", "csv"), default="json", help="json par défaut")

    def run(self, **options: Any) -> int:
        """Print the statistics on stdout; say on stderr what they leave out."""
        start: date = options["start"]
        period = Period(start, options["end"])
        actor = Actor.operator()
        wanted = options["structure"]
        ids = structures_named(actor, wanted) if wanted is not None else None
        report = exit_report(actor, period, organisation_ids=ids)
        statistics = as_promised(report.statistics)
        self._warn(statistics)
        if options["format"] == "json":
            self.tell(json.dumps(statistics, ensure_ascii=False, indent=1))
        else:
            rows = summary_rows(statistics, names_of(report.structures))
            self.stdout.write(csv_text(SUMMARY_COLUMNS, rows), ending="")
        return 0

    def _warn(self, statistics: dict[str, Any]) -> None:
        missing, outside = statistics["missing_motive"]["count"], statistics["left_out"]["not_siae"]
        if missing:
            self.complain(
                f"Sorties sans motif, comptées à part : {missing}. Complétez-les pour fixer les taux."
            )
        if outside:
            kinds = ", ".join(kind.in_words for kind in NOT_COUNTED)
            self.complain(f"Sorties hors statistiques IAE ({kinds}) : {outside}.")
