"""`passerelles reseal`: change the key of what is sealed."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from backend.audit.trail import record
from backend.core.actor import Actor
from backend.core.command_line.commands import FrenchCommand
from backend.core.sealing.resealing import Count, reseal


class Command(FrenchCommand):
    """People may go on working meanwhile."""

    writes = True
    help = (
        "Chiffre à nouveau tous les textes avec la clé de FIELD_KEY.\n"
        "Mettez la nouvelle clé dans FIELD_KEY, l’ancienne dans OLD_FIELD_KEYS, relancez le service, puis cette commande. Le "
        "service peut tourner. Interrompue, elle reprend où elle en était. À la fin elle dit si l’ancienne clé peut être retirée."
    )

    def run(self, **options: Any) -> int:
        """Seal again, count, and say what to do with the old key."""
        counts = reseal(self._tell)
        done, unreadable = sum(each.resealed for each in counts), sum(each.unreadable for each in counts)
        with transaction.atomic():
            record(Actor.operator(), "installation.resealed", texts=done, unreadable=unreadable)
        if unreadable:
            self.complain(
                f"{unreadable} texte(s) ne s’ouvrent avec aucune des clés données : ajoutez à OLD_FIELD_KEYS la clé qui les a "
                "chiffrés, puis recommencez. Ne retirez encore aucune clé."
            )
            return 1
        self.tell(
            f"{done} texte(s) chiffrés à nouveau ; tous s’ouvrent avec FIELD_KEY. Videz OLD_FIELD_KEYS et relancez le service. "
            "Gardez l’ancienne clé avec les sauvegardes faites avant ce jour."
        )
        return 0

    def _tell(self, count: Count) -> None:
        if count.resealed or count.already or count.unreadable:
            self.complain(
                f"{count.label} : {count.resealed} chiffrés à nouveau, {count.already} déjà faits, "
                f"{count.unreadable} illisibles."
            )
