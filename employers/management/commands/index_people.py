"""`passerelles index-people`: the index that ranks everybody at once, on this machine."""

from __future__ import annotations

from typing import Any

from backend.core.command_line.commands import FrenchCommand
from employers.services.people_index import refresh_people_index


class Command(FrenchCommand):
    """The clock does it too: this is for a machine without workers, or a base that was just filled."""

    help = (
        "Prépare sur cette machine l’index qui classe vite beaucoup de personnes devant un poste.\n"
        "L’horloge le refait d’elle-même ; sans lui, le classement est le même, plus lentement."
    )

    def run(self, **options: Any) -> int:
        """Read everybody, keep the index, say how many hold something."""
        people = refresh_people_index(anyway=True)
        self.tell(f"Index prêt : {people} personnes y ont au moins une compétence.")
        return 0
