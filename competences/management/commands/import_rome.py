"""`passerelles import-rome`: load or update the ROME 4.0 export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from backend.core.actor import Actor
from backend.core.command_line.commands import FrenchCommand
from competences.models import CompetenceEquivalent
from competences.rome.reader import read_export
from competences.rome.refusal import ExportRefused
from competences.services import TableReport, store_referential


class Command(FrenchCommand):
    """Whole or not at all; running it again changes nothing."""

    writes = True
    help = (
        "Charge ou met à jour le référentiel ROME 4.0 publié par France Travail.\n"
        "Toute version convient. Un export incomplet ou abîmé est refusé en entier, avec le fichier et la ligne.\n"
        "Les compétences de départ déjà utilisées gardent leur sens : chacune est rapprochée de la compétence officielle\n"
        "qui dit la même chose, ou reste proposée s’il n’y en a pas."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """One folder or one zip."""
        parser.add_argument("source", metavar="DOSSIER_OU_ZIP", type=Path, help="export csv tel que publié")

    def run(self, **options: Any) -> int:
        """Read, check, store, report."""
        try:
            referential = read_export(options["source"])
        except ExportRefused as refusal:
            self.complain(str(refusal))
            return 1
        report = store_referential(actor=Actor.operator(), referential=referential)
        counts = referential.counts()
        self.tell(referential.attribution)
        self.tell(
            f"{counts['occupations']} métiers, {counts['appellations']} appellations, "
            f"{counts['competences']} compétences, {counts['macro_competences']} macro-compétences, "
            f"{counts['knowledge']} savoirs"
        )
        for table, done in report.items():
            self.tell(_line(table, done))
        kept = CompetenceEquivalent.objects.filter(official__isnull=True).count()
        if kept:
            self.tell(
                f"{kept} mots du terrain, sans équivalent sûr dans le ROME, restent proposés à côté de lui."
            )
        for notice in referential.notices:
            self.complain(notice)
        return 0


def _line(table: str, done: TableReport) -> str:
    return f"{table} : {done.read} lues, {done.added} ajoutées, {done.changed} modifiées, {done.retired} retirées"
