"""A certification aimed at through experience, and where the file stands."""

from __future__ import annotations

from django.db import models

from backend.organisations.models import Organisation
from competences.enums import VaeStatus
from competences.querysets import OfPersonQuerySet
from pathways.models import Beneficiary


class VaeProject(models.Model):
    """One certification, one file; the next legal delay is computed from the last stage reached."""

    beneficiary = models.ForeignKey(
        Beneficiary, verbose_name="personne", on_delete=models.PROTECT, related_name="vae_projects"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="structure",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    certification = models.CharField("certification", max_length=200)
    status = models.CharField("étape", max_length=20, choices=VaeStatus, default=VaeStatus.PROJECT)
    reached_on = models.DateField("depuis le")
    next_due_on = models.DateField("prochaine échéance", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OfPersonQuerySet.as_manager()

    class Meta:
        verbose_name = "projet de VAE"
        verbose_name_plural = "projets de VAE"
        ordering = ["-reached_on", "-id"]

    def __str__(self) -> str:
        return self.certification
