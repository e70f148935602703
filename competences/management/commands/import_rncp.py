"""`passerelles import-rncp`: load or update the certifications of the national registers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from backend.core.actor import Actor
from backend.core.command_line.commands import FrenchCommand
from competences.rncp.reader import ATTRIBUTION, open_register
from competences.rome.refusal import ExportRefused
from competences.services.certifications.register import Done, store_register


class Command(FrenchCommand):
    """Whole or not at all; running it again changes nothing."""

    writes = True
    help = (
        "Charge ou met à jour les certifications publiées par France compétences.\n"
        "RNCP et répertoire spécifique, tels que publiés sur data.gouv.fr : export csv (la liste) et export XML\n"
        "V4.1 (les compétences de chaque bloc), ensemble ou l’un des deux.\n"
        "Toute date convient. Un export coupé ou abîmé est refusé en entier. Ce qui a disparu est retiré, jamais effacé."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """One folder, one zip or one XML."""
        parser.add_argument("source", metavar="DOSSIER_OU_FICHIER", type=Path, help="export tel que publié")

    def run(self, **options: Any) -> int:
        """Find, read and store in one stream, report."""
        try:
            export = open_register(options["source"])
            report = store_register(actor=Actor.operator(), export=export)
        except ExportRefused as refusal:
            self.complain(str(refusal))
            return 1
        self.tell(ATTRIBUTION)
        for table, done in report.items():
            self.tell(_line(table, done))
        if not export.has_content:
            self.complain(
                "Cet export ne donne pas les compétences des blocs. Ajoutez le XML V4.1 dans le même dossier."
            )
        for sentence in export.remarks.sentences():
            self.complain(sentence)
        return 0


def _line(table: str, done: Done) -> str:
    return f"{table} : {done.read} lus, {done.added} ajoutés, {done.changed} modifiés, {done.retired} retirés"
