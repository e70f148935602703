"""When we meet next."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import models

from backend.core.findings import Finding
from backend.core.sealing.encryption import EncryptedTextField
from backend.organisations.models import Organisation
from pathways.enums import AppointmentStatus
from pathways.models.beneficiary import Beneficiary
from pathways.models.interview import Interview
from pathways.querysets.thread import FollowUpQuerySet


class Appointment(models.Model):
    """A time, a person, a reason; recording the interview marks it held."""

    beneficiary = models.ForeignKey(
        Beneficiary, verbose_name="personne", on_delete=models.PROTECT, related_name="appointments"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="structure",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    advisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="avec", on_delete=models.PROTECT, related_name="appointments"
    )
    starts_at = models.DateTimeField("le")
    purpose = EncryptedTextField("pour", max_length=120, blank=True)
    status = models.CharField(
        "état", max_length=8, choices=AppointmentStatus, default=AppointmentStatus.PLANNED
    )
    interview = models.OneToOneField(
        Interview,
        verbose_name="entretien",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appointment",
    )

    objects = FollowUpQuerySet.as_manager()

    moved = ""
    """How its date moved, in words: filled by `selectors.moves.with_moves` for the pages that tell it."""

    remarks: Sequence[Finding] = ()
    """What planning it had to say, for who planned it."""

    class Meta:
        verbose_name = "rendez-vous"
        verbose_name_plural = "rendez-vous"
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["advisor", "starts_at"], name="appointment_by_advisor")]

    def __str__(self) -> str:
        return f"rendez-vous du {self.starts_at:%d/%m/%Y}"
