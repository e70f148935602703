"""How many hours a week somebody wants, when they may work them, from which day on."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from backend.core.values.dates import NBSP, french_date
from backend.core.values.numbers import decimal_in_words
from backend.organisations.models import Organisation
from pathways.enums import CancelReason
from pathways.enums.wishes import Moment, WishLimit, WishVoice
from pathways.models.beneficiary import Beneficiary
from pathways.querysets.thread import HoursWishQuerySet

LEAST_HOURS, MOST_HOURS = 1, 48
"""A week, as the column holds them; the longest week of the law is 48 hours too."""


class HoursWish(models.Model):
    """One wish, in force from its first day until the next one begins.

    `organisation` is the structure whose team wrote it; none when the person did, or a file that names none.
    """

    beneficiary = models.ForeignKey(
        Beneficiary, verbose_name="personne", on_delete=models.PROTECT, related_name="hours_wishes"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="structure",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    voice = models.CharField("dit par", max_length=8, choices=WishVoice)
    starts_on = models.DateField("à partir du")
    weekly_hours = models.DecimalField(
        "heures voulues par semaine",
        max_digits=4,
        decimal_places=2,
        validators=[MinValueValidator(LEAST_HOURS), MaxValueValidator(MOST_HOURS)],
    )
    moments = models.JSONField("moments possibles", default=list, blank=True)
    limit = models.CharField("pourquoi pas plus", max_length=12, choices=WishLimit, blank=True)
    cancelled_at = models.DateTimeField("annulé le", null=True, blank=True, editable=False)
    cancel_reason = models.CharField(
        "raison de l’annulation", max_length=16, choices=CancelReason, blank=True, editable=False
    )
    version = models.PositiveIntegerField("version", default=1, editable=False)
    external_id = models.CharField("identifiant d’origine", max_length=200, blank=True)

    objects = HoursWishQuerySet.as_manager()

    class Meta:
        verbose_name = "heures souhaitées"
        verbose_name_plural = "heures souhaitées"
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="hours_wish_is_possible",
                condition=Q(weekly_hours__gte=LEAST_HOURS) & Q(weekly_hours__lte=MOST_HOURS),
                violation_error_message="Les heures voulues vont de 1 à 48 par semaine.",
            ),
            models.UniqueConstraint(
                fields=["external_id"], condition=~Q(external_id=""), name="hours_wish_external_id_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hours_in_words} par semaine à partir du {french_date(self.starts_on)}"

    @property
    def hours_in_words(self) -> str:
        """« 24 h », « 17,5 h »."""
        return f"{decimal_in_words(self.weekly_hours, 2)}{NBSP}h"

    @property
    def moments_in_words(self) -> list[str]:
        """« Lundi matin… », in the order of the week."""
        return [label for code, label in Moment.choices if code in self.moments]
