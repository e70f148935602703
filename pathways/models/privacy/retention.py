"""Until when a person's data are kept: the notice given before they are erased, and the dated exception that keeps them."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from backend.core.actor import SOCIAL_READERS, Actor
from backend.core.sealing.encryption import EncryptedTextField
from pathways import doors
from pathways.models.beneficiary import Beneficiary


class RetentionQuerySet(models.QuerySet["Retention"]):
    """Notices and exceptions."""

    def visible_to(self, actor: Actor) -> Self:
        """The person's own; those of the people one's structure still names: they left long ago."""
        if actor.role not in SOCIAL_READERS:
            return self.none()
        if actor.is_operator or actor.beneficiary_id is not None:
            return doors.of_accompanied(self, actor)
        return self.filter(beneficiary_id__in=doors.known(actor))


class Retention(models.Model):
    """One line a person, from the notice on; it leaves with them, or when they come back."""

    beneficiary = models.OneToOneField(
        Beneficiary, verbose_name="personne", on_delete=models.PROTECT, related_name="retention"
    )
    noticed_on = models.DateField("prévenue le", null=True, blank=True, editable=False)
    erases_on = models.DateField("effacement prévu le", null=True, blank=True, editable=False)
    kept_until = models.DateField("gardée jusqu’au", null=True, blank=True)
    kept_because = EncryptedTextField("raison de garder", blank=True, max_length=500)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="décidé par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )

    objects = RetentionQuerySet.as_manager()

    class Meta:
        verbose_name = "durée de conservation"
        verbose_name_plural = "durées de conservation"
        ordering = ["erases_on", "id"]
        indexes = [models.Index(fields=["erases_on"], name="retention_by_day")]
        constraints = [
            models.CheckConstraint(
                name="erasure_follows_its_notice",
                condition=Q(erases_on__isnull=True) | Q(noticed_on__isnull=False),
                violation_error_message="Un effacement est annoncé avant d’être fait.",
            ),
        ]

    def __str__(self) -> str:
        return f"durée de conservation {self.pk}"
