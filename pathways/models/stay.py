"""A step of the thread: one person's time in one structure."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from backend.organisations.models import Organisation
from pathways.models.beneficiary import Beneficiary
from pathways.querysets.thread import StayQuerySet


class Stay(models.Model):
    """From first contract to exit in one structure; the thread itself is the ordered stays of a person."""

    beneficiary = models.ForeignKey(
        Beneficiary, verbose_name="personne", on_delete=models.PROTECT, related_name="stays"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="structure", on_delete=models.PROTECT, related_name="stays"
    )
    advisor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="référent",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="stays",
    )
    started_on = models.DateField("date d’entrée")
    ended_on = models.DateField("date de sortie", null=True, blank=True)

    objects = StayQuerySet.as_manager()

    class Meta:
        verbose_name = "passage en structure"
        verbose_name_plural = "passages en structure"
        ordering = ["started_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="stay_ends_after_it_starts",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                violation_error_message="La sortie ne peut pas précéder l’entrée.",
            ),
            models.UniqueConstraint(
                fields=["beneficiary", "organisation"],
                condition=Q(ended_on__isnull=True),
                name="one_open_stay_per_structure",
                violation_error_message="Cette personne a déjà un passage en cours dans cette structure.",
            ),
        ]
        indexes = [
            # Every door is found in this one index, without reading the stays themselves.
            models.Index(fields=["organisation", "advisor", "ended_on", "beneficiary"], name="stay_door"),
            models.Index(fields=["advisor", "ended_on"], name="stay_by_advisor"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} depuis le {self.started_on:%d/%m/%Y}"
