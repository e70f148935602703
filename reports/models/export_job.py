"""An export prepared in the background: its progress, its file, its end."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from backend.core.jobs import BackgroundJob, JobQuerySet, JobStatus

ExportStatus = JobStatus


class ExportFormat(models.TextChoices):
    """What the file is."""

    CSV = "csv", "CSV"
    XLSX = "xlsx", "Excel (XLSX)"


class ExportJob(BackgroundJob):
    """What was asked for, and the file it became."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="demandé par",
        on_delete=models.PROTECT,
        related_name="export_jobs",
    )
    kind = models.CharField("export", max_length=40)
    format = models.CharField("format", max_length=4, choices=ExportFormat)
    parameters = models.JSONField("paramètres", default=dict)
    file_name = models.CharField("fichier", max_length=120, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "export"
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.kind} ({self.format})"
