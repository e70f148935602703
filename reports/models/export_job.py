"""An export prepared in the background: its progress, its file, its end."""

from __future__ import annotations

import uuid
from typing import Self

from django.conf import settings
from django.db import models

from backend.core.actor import Actor


class ExportStatus(models.TextChoices):
    """Where an export stands."""

    QUEUED = "EN_ATTENTE", "En attente"
    RUNNING = "EN_COURS", "En préparation"
    READY = "PRET", "Prêt"
    FAILED = "ECHEC", "Échec"


class ExportFormat(models.TextChoices):
    """What the file is."""

    CSV = "csv", "CSV"
    XLSX = "xlsx", "Excel (XLSX)"


class ExportJobQuerySet(models.QuerySet["ExportJob"]):
    """Exports asked for."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own exports, asked from the same seat."""
        if actor.is_operator:
            return self
        if actor.user_id is None:
            return self.none()
        return self.filter(user_id=actor.user_id, seat=actor.seat)


class ExportJob(models.Model):
    """Asked from one seat; the worker rebuilds that seat and checks its rights again before it writes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="demandé par",
        on_delete=models.PROTECT,
        related_name="export_jobs",
    )
    seat = models.CharField("siège", max_length=60)
    kind = models.CharField("export", max_length=40)
    format = models.CharField("format", max_length=4, choices=ExportFormat)
    parameters = models.JSONField("paramètres", default=dict)
    status = models.CharField("état", max_length=10, choices=ExportStatus, default=ExportStatus.QUEUED)
    rows_done = models.PositiveIntegerField("lignes écrites", default=0)
    rows_total = models.PositiveIntegerField("lignes à écrire", default=0)
    file_name = models.CharField("fichier", max_length=120, blank=True)
    message = models.CharField("message", max_length=300, blank=True)
    created_at = models.DateTimeField("demandé le", auto_now_add=True)
    heartbeat_at = models.DateTimeField("dernier signe de vie", null=True, blank=True)
    finished_at = models.DateTimeField("terminé le", null=True, blank=True)

    objects = ExportJobQuerySet.as_manager()

    class Meta:
        verbose_name = "export"
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.kind} ({self.format})"
