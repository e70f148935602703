"""What the figures of exits are read from changed, structure by structure: the base itself writes it."""

from __future__ import annotations

from django.db import models


class SourceChange(models.Model):
    """A draw that changes with each write on the exits, stays, contracts, hours or name of a structure.

    Triggers write it (`reports.triggers`), whoever writes. On PostgreSQL each transaction has a line of its own, so
    that nobody waits for anybody; the lines of a structure together say which state of its data is read. Structure 0
    stands for the whole base.
    """

    organisation = models.BigIntegerField("structure")
    transaction = models.BigIntegerField("numéro de transaction", db_default=0)
    draw = models.BigIntegerField("tirage")

    class Meta:
        verbose_name = "état des données des sorties"
        verbose_name_plural = "états des données des sorties"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "transaction"],
                name="one_draw_per_transaction",
                violation_error_message="L’état de cette structure est déjà écrit pour cette transaction.",
            )
        ]

    def __str__(self) -> str:
        return f"état {self.pk}"
