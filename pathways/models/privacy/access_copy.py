"""A copy of what is kept about a person, prepared apart, sealed, gone after seven days."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from backend.core.jobs import JobQuerySet
from backend.files.sealed_jobs import SealedJob
from pathways.models.beneficiary import Beneficiary


class AccessCopy(SealedJob):
    """Asked from one seat, for one person."""

    beneficiary = models.ForeignKey(
        Beneficiary, verbose_name="personne", on_delete=models.PROTECT, related_name="access_copies"
    )

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "copie des données"
        verbose_name_plural = "copies des données"
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"copie du {timezone.localdate(self.created_at):%d/%m/%Y}"
