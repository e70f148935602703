"""The day a structure stopped watching someone who is between two steps, why, and whether it came back on it."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from backend.core.sealing.codes import SealedCharField
from backend.core.sealing.encryption import EncryptedTextField
from backend.organisations.models import Organisation
from pathways.enums import WatchEndReason
from pathways.models.beneficiary import Beneficiary
from pathways.querysets.thread import WatchEndQuerySet


class WatchEnd(models.Model):
    """« Ne plus suivre, parce que… »: one structure, one wait; the thread and its figures do not move."""

    beneficiary = models.ForeignKey(
        Beneficiary, verbose_name="personne", on_delete=models.PROTECT, related_name="watch_ends"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="structure", on_delete=models.PROTECT, related_name="+"
    )
    reason = SealedCharField("raison", max_length=16, choices=WatchEndReason)
    note = EncryptedTextField("précision", blank=True, max_length=500)
    ended_at = models.DateTimeField("arrêté le", default=timezone.now)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="arrêté par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    resumed_at = models.DateTimeField("repris le", null=True, blank=True)
    resumed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="repris par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = WatchEndQuerySet.as_manager()

    class Meta:
        verbose_name = "arrêt du suivi"
        verbose_name_plural = "arrêts du suivi"
        ordering = ["-ended_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="watching_resumes_after_it_ends",
                condition=Q(resumed_at__isnull=True) | Q(resumed_at__gte=F("ended_at")),
                violation_error_message="Le suivi ne reprend pas avant d’avoir été arrêté.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}, le {self.day:%d/%m/%Y}"

    def clean(self) -> None:
        """The base does not know the reason, which is sealed: the row looks for it."""
        if self.reason == WatchEndReason.OTHER and not self.note:
            raise ValidationError("Dites la raison en quelques mots.", code="other_reason_is_told")

    @property
    def day(self) -> date:
        """The day of the decision, in Paris."""
        return timezone.localdate(self.ended_at)
