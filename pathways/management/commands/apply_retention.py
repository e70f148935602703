"""`passerelles apply-retention`: what is too old is announced, then erased."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from backend.audit import keeping
from backend.core.actor import Actor
from backend.core.command_line.commands import FrenchCommand, day
from pathways.services.privacy.retention import apply_retention, due_on


class Command(FrenchCommand):
    """Run again after any stop: what was done stays done."""

    writes = True
    help = (
        "Applique la durée de conservation : prévient d’abord, efface ensuite.\n"
        "Elle vaut pour les personnes sans contact depuis longtemps (deux règles datées : « passerelles rules »).\n"
        "Ne restent que des nombres par structure et par mois, pour que les statistiques ne changent pas. Une exception écrite "
        "(« Garder plus longtemps ») fait attendre. Le journal ne se garde pas non plus au-delà de sa durée (règle datée "
        "« trail_kept_months ») : ses lignes trop anciennes partent, et « passerelles verify-audit » vérifie encore le reste.\n"
        "L’horloge le fait chaque nuit ; interrompu, il reprend où il en était."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to write, and as of which day."""
        parser.add_argument("--dry-run", action="store_true", help="compte sans rien prévenir ni effacer")
        parser.add_argument(
            "--on", type=day, metavar="AAAA-MM-JJ", help="comme si l’on était ce jour-là (essai seulement)"
        )

    def run(self, **options: Any) -> int:
        """Do it, and say how many."""
        today = options["on"] or timezone.localdate()
        if options["dry_run"] or options["on"]:
            done, lines = due_on(today).counted(), keeping.old_on(today).lines
            self.tell("Essai : rien n’est écrit.")
        else:
            done, lines = apply_retention(actor=Actor.operator(), tell=self.complain), keeping.cut(today)
        self.tell(f"Prévenues : {done.noticed}")
        self.tell(f"Revenues, effacement retiré : {done.withdrawn}")
        self.tell(f"Effacées : {done.erased}")
        self.tell(f"Gardées par exception écrite : {done.kept}")
        self.tell(f"Lignes du journal trop anciennes, retirées : {lines}")
        return 0
