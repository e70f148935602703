"""`passerelles load-starter`: the words a base begins with."""

from __future__ import annotations

from typing import Any

from backend.core.command_line.commands import FrenchCommand
from competences.models import ReferentialImport
from competences.services import ensure_referential


class Command(FrenchCommand):
    """A base without any competence offers nothing to tick: this one is never empty of words."""

    writes = True
    help = (
        "Charge le référentiel de départ dans une base qui n’en a aucun.\n"
        "Si un référentiel est déjà en service, le ROME ou celui-ci, rien ne change. « passerelles open-structure » le fait aussi."
    )

    def run(self, **options: Any) -> int:
        """Load, or say which one is in use."""
        is_new = ensure_referential()
        newest = ReferentialImport.objects.values_list("attribution", flat=True).first()
        self.tell(f"{'Chargé' if is_new else 'Rien à faire, en service'} : {newest}.")
        return 0
