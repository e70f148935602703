"""`passerelles find-occupation`: which trade do these words mean?"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from backend.core.command_line.commands import FrenchCommand
from backend.core.errors import DomainError
from competences.search.cli import run
from competences.selectors.occupations import occupation_index
from competences.services import ensure_referential


class Command(FrenchCommand):
    """One JSON line per text."""

    help = (
        "Cherche un métier avec des mots de tous les jours.\n"
        "Une ligne JSON par texte. Exemple : passerelles find-occupation « aide à domicile »"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """A text, or a file of them."""
        parser.add_argument("texte", metavar="TEXTE", nargs="?", help="les mots cherchés")
        parser.add_argument("--file", metavar="FICHIER", type=Path, help="un texte par ligne")
        parser.add_argument(
            "--top", metavar="N", type=int, default=10, help="nombre de métiers par texte (10)"
        )

    def run(self, **options: Any) -> int:
        """Search each text."""
        if (options["texte"] is None) == (options["file"] is None):
            self.complain("Donnez un texte, ou un fichier avec --file.")
            return 2
        if options["top"] < 1:
            self.complain("--top attend un nombre à partir de 1.")
            return 2
        texts = [options["texte"]] if options["file"] is None else _lines(options["file"])
        ensure_referential()
        run(occupation_index(), texts, options["top"], self.stdout._out)  # type: ignore[arg-type]
        return 0


def _lines(path: Path) -> Iterable[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError as error:
        raise DomainError("no_file", f"Le fichier {path.name} n’existe pas. Vérifiez le chemin.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise DomainError(
            "unreadable", f"Le fichier {path.name} ne se lit pas. Enregistrez-le en UTF-8."
        ) from error
