"""Habilitations and licences, with the day they stop being valid."""

from __future__ import annotations

from django.db import models

from competences.querysets import OfPersonQuerySet
from pathways.models import Beneficiary


class Licence(models.Model):
    """CACES, SST, permis…: what a task may require and the law makes expire (art. R4323-56)."""

    beneficiary = models.ForeignKey(
        Beneficiary, verbose_name="personne", on_delete=models.PROTECT, related_name="licences"
    )
    label = models.CharField("habilitation", max_length=120)
    obtained_on = models.DateField("obtenue le")
    expires_on = models.DateField("valable jusqu’au", null=True, blank=True)

    objects = OfPersonQuerySet.as_manager()

    class Meta:
        verbose_name = "habilitation"
        ordering = ["obtained_on", "id"]

    def __str__(self) -> str:
        return self.label
