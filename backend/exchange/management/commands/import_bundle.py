"""`passerelles import-bundle`: people and contracts from the spreadsheets structures have."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from backend.core.actor import Actor
from backend.core.command_line.commands import FrenchCommand
from backend.core.errors import DomainError
from backend.exchange.report import ANSWER
from backend.exchange.services import import_bundle


class Command(FrenchCommand):
    """Good lines in, the others in a report that says what to do."""

    writes = True
    help = (
        "Charge un dossier de fichiers csv au format d’échange.\n"
        "Le format est décrit dans docs/echange.md. "
        "Les bonnes lignes entrent, les autres sont dans le rapport ; relancer ne change rien."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """One folder, and how careful to be."""
        parser.add_argument("dossier", metavar="DOSSIER", type=Path, help="dossier des fichiers csv")
        parser.add_argument("--dry-run", action="store_true", help="vérifie tout sans rien enregistrer")
        parser.add_argument(
            "--all-or-nothing", action="store_true", help="n’enregistre rien s’il y a une seule faute"
        )
        parser.add_argument(
            "--report", metavar="FICHIER", type=Path, help="écrit le rapport csv dans ce fichier"
        )

        parser.add_argument(
            "--decide",
            metavar="QUOI=REPONSE",
            action="append",
            default=[],
            help="répond à une question du rapport, par exemple salaries.csv:12:identite=elle (ou =autre)",
        )

    def run(self, **options: Any) -> int:
        """Import, summarise, report; a report that could not be written stops before anything is brought in."""
        _try_to_write(options["report"])
        report = import_bundle(
            actor=Actor.operator(),
            folder=options["dossier"],
            is_dry_run=options["dry_run"],
            all_or_nothing=options["all_or_nothing"],
            decisions=_decided(options["decide"]),
            on_progress=lambda file, done, total: self.complain(f"{file} : {done}/{total}"),
        )
        for line in report.summary():
            self.tell(line)
        if options["report"]:
            report.write(options["report"])
        elif report.faults or report.notices:
            report.write_to(self.stdout)  # type: ignore[arg-type]
        if options["dry_run"]:
            self.tell("Essai seulement : rien n’a été enregistré.")
        elif options["all_or_nothing"] and report.faults:
            self.tell("Rien n’a été enregistré, parce qu’une ligne au moins est à corriger.")
        return 1 if report.faults else 0


def _decided(answers: Iterable[str]) -> dict[str, str]:
    found = {}
    for each in answers:
        about, _, answer = each.rpartition("=")
        if about.count(":") != 2 or not ANSWER.fullmatch(answer):
            raise DomainError(
                "unknown_answer",
                f"« {each[:80]} » n’est pas une réponse. Écrivez fichier:ligne:colonne=réponse, par exemple "
                "salaries.csv:12:identite=elle.",
            )
        found[about] = answer
    return found


def _try_to_write(report: Path | None) -> None:
    if report is None:
        return
    try:
        report.touch()
    except OSError as error:
        raise DomainError(
            "report_not_writable",
            "Impossible d’écrire le rapport à cet endroit : rien n’a été importé. Indiquez un autre fichier.",
        ) from error
