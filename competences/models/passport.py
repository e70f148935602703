"""What a person chose to show of what they can do, as it stood that day."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from backend.core.sealing.encryption import EncryptedTextField
from backend.organisations.models import Organisation
from competences.querysets import OfPersonQuerySet
from pathways.models import Beneficiary


class Passport(models.Model):
    """One passport: its content is kept as chosen, sealed; whoever holds the paper may check it until its last day."""

    id = models.UUIDField("numéro", primary_key=True, default=uuid.uuid4, editable=False)
    beneficiary = models.ForeignKey(
        Beneficiary, verbose_name="personne", on_delete=models.PROTECT, related_name="passports"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="structure",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    content = EncryptedTextField("contenu choisi")
    expires_on = models.DateField("vérifiable jusqu’au")
    made_at = models.DateTimeField("établi le", auto_now_add=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="établi par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True, editable=False)

    objects = OfPersonQuerySet.as_manager()

    class Meta:
        verbose_name = "passeport de compétences"
        verbose_name_plural = "passeports de compétences"
        ordering = ["-made_at", "id"]

    def __str__(self) -> str:
        return f"Passeport du {self.made_at:%d/%m/%Y}"
