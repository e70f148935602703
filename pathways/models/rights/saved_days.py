"""Days off saved with an employer: leave not taken, a time savings account, rest earned."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from backend.core.values.dates import NBSP, french_date
from backend.core.values.numbers import decimal_in_words
from backend.organisations.models import Organisation
from pathways.enums import CancelReason
from pathways.enums.travelling import SavedFate, SavedKind
from pathways.models.beneficiary import Beneficiary
from pathways.querysets.rights import SavedDaysQuerySet

LEAST_DAYS, MOST_DAYS = 0, 400
"""What the column holds; a count of nought says that nothing is left."""


class SavedDays(models.Model):
    """One count, as the employer made it one day; a newer one of the same kind takes its place.

    `organisation` owes these days; the contract they were earned under is the one it had running then. None when a file
    names no structure.
    """

    beneficiary = models.ForeignKey(
        Beneficiary, verbose_name="personne", on_delete=models.PROTECT, related_name="saved_days"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="structure",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    kind = models.CharField("jours épargnés", max_length=6, choices=SavedKind)
    days = models.DecimalField(
        "nombre de jours",
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(LEAST_DAYS), MaxValueValidator(MOST_DAYS)],
    )
    counted_on = models.DateField("comptés le")
    fate = models.CharField("ce qu’ils deviennent", max_length=10, choices=SavedFate)
    cancelled_at = models.DateTimeField("annulés le", null=True, blank=True, editable=False)
    cancel_reason = models.CharField(
        "raison de l’annulation", max_length=16, choices=CancelReason, blank=True, editable=False
    )
    version = models.PositiveIntegerField("version", default=1, editable=False)
    external_id = models.CharField("identifiant d’origine", max_length=200, blank=True)

    objects = SavedDaysQuerySet.as_manager()

    class Meta:
        verbose_name = "jours épargnés"
        verbose_name_plural = "jours épargnés"
        ordering = ["-counted_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="saved_days_are_possible",
                condition=Q(days__gte=LEAST_DAYS) & Q(days__lte=MOST_DAYS),
                violation_error_message="Les jours épargnés vont de 0 à 400.",
            ),
            models.UniqueConstraint(
                fields=["external_id"], condition=~Q(external_id=""), name="saved_days_external_id_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} : {self.days_in_words} au {french_date(self.counted_on)}"

    @property
    def days_in_words(self) -> str:
        """« 6 jours », « 2,5 jours », « 1 jour »."""
        return f"{decimal_in_words(self.days, 2)}{NBSP}{'jour' if self.days < 2 else 'jours'}"
