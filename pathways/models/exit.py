"""How a stay ended, in the words of the paying agency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models

from backend.core.sealing.codes import SealedCharField
from pathways.models.stay import Stay
from pathways.querysets.thread import ExitQuerySet
from pathways.rules.exits.motives import MOTIVE_CHOICES

if TYPE_CHECKING:
    from backend.core.findings import Finding


class Exit(models.Model):
    """One exit per stay. Its category is never stored: it is computed by the rule of its day.

    `remarks` is what recording it had to say to whoever did; reading it again says nothing.
    """

    remarks: tuple[Finding, ...] = ()

    stay = models.OneToOneField(Stay, verbose_name="passage", on_delete=models.PROTECT, related_name="exit")
    occurred_on = models.DateField("date de sortie")
    motive = SealedCharField("motif", max_length=3, choices=MOTIVE_CHOICES, blank=True)
    employer_name = models.CharField("employeur", max_length=160, blank=True)
    contract_months = models.PositiveSmallIntegerField(
        "durée du contrat en mois", null=True, blank=True, validators=[MaxValueValidator(600)]
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="enregistrée par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ExitQuerySet.as_manager()

    class Meta:
        verbose_name = "sortie"
        ordering = ["-occurred_on", "-id"]
        indexes = [models.Index(fields=["occurred_on"], name="exit_by_day")]

    def __str__(self) -> str:
        return f"sortie du {self.occurred_on:%d/%m/%Y}"

    @property
    def beneficiary_id(self) -> int:
        """The person whose thread this is, for the trail."""
        return self.stay.beneficiary_id
