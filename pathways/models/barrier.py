"""Freins over time: each reading is kept, so that an effect can be seen."""

from __future__ import annotations

from django.db import models

from backend.core.sealing.codes import SealedCharField
from backend.organisations.models import Organisation
from pathways.enums import BarrierImpact, BarrierTheme
from pathways.models.beneficiary import Beneficiary
from pathways.models.interview import Interview
from pathways.querysets.thread import BarrierQuerySet


class BarrierReading(models.Model):
    """How much one frein weighed on one day; a theme without reading is « not spoken of », not « none »."""

    beneficiary = models.ForeignKey(
        Beneficiary, verbose_name="personne", on_delete=models.PROTECT, related_name="barrier_readings"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="structure",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    interview = models.ForeignKey(
        Interview,
        verbose_name="entretien",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="barrier_readings",
    )
    theme = SealedCharField("frein", max_length=12, choices=BarrierTheme)
    impact = models.PositiveSmallIntegerField("poids", choices=BarrierImpact)
    read_on = models.DateField("le")

    objects = BarrierQuerySet.as_manager()

    class Meta:
        verbose_name = "lecture d’un frein"
        verbose_name_plural = "lectures des freins"
        ordering = ["read_on", "id"]
        indexes = [models.Index(fields=["beneficiary", "read_on"], name="barrier_by_beneficiary")]

    def __str__(self) -> str:
        return f"{BarrierTheme(self.theme).label} le {self.read_on:%d/%m/%Y}"
