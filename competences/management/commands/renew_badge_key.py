"""`passerelles renew-badge-key`: another key signs the badges."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from backend.core.actor import Actor
from backend.core.command_line.commands import FrenchCommand
from competences.services import renew_badge_key


class Command(FrenchCommand):
    """What former keys signed still verifies, unless one of them leaked."""

    writes = True
    help = (
        "Tire une nouvelle clé pour signer les badges de compétences.\n"
        "L’ancienne perd sa partie secrète et garde sa partie publique : les badges déjà emportés se vérifient toujours.\n"
        "Avec --leaked, l’ancienne n’est plus crue du tout : les personnes reprennent leurs badges sur la page du passeport."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether somebody else may have read the key."""
        parser.add_argument(
            "--leaked",
            action="store_true",
            help="la clé en cours a pu être lue par d’autres : ne plus la croire",
        )

    def run(self, **options: Any) -> int:
        """Renew, and say what becomes of badges already taken away."""
        key = renew_badge_key(actor=Actor.operator(), has_leaked=options["leaked"])
        self.tell(f"La clé {key} signe les badges.")
        if options["leaked"]:
            self.tell("L’ancienne n’est plus publiée : les badges qu’elle a signés sont à reprendre.")
        return 0
