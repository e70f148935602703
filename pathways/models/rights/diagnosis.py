"""A diagnosis of eligibility: who made it, when, the criteria retained and the documents seen (art. R5132-1-5, R5132-1-7)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from backend.core.sealing.codes import SealedJSONField
from pathways.enums import Criterion, DiagnosedBy
from pathways.models.beneficiary import Beneficiary
from pathways.models.decision import Recorded
from pathways.querysets.thread import DiagnosisQuerySet


class EligibilityDiagnosis(Recorded):
    """Made for one person by a structure, or by a prescripteur for it; its files go when their time has passed (R24).

    `criteria` holds codes of `Criterion`, `documents` the day of each document seen by code, as « 2026-11-02 ».
    """

    beneficiary = models.ForeignKey(
        Beneficiary, verbose_name="personne", on_delete=models.PROTECT, related_name="diagnoses"
    )
    made_by = models.CharField("fait par", max_length=12, choices=DiagnosedBy)
    made_on = models.DateField("fait le")
    prescriber = models.CharField("prescripteur", max_length=160, blank=True)
    declared_on = models.DateField("éligibilité déclarée le", null=True, blank=True)
    criteria = SealedJSONField("critères retenus", default=list, blank=True)
    documents = SealedJSONField("pièces vues", default=dict, blank=True)
    purged_on = models.DateField("pièces effacées le", null=True, blank=True, editable=False)

    objects = DiagnosisQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name = "diagnostic d’éligibilité"
        verbose_name_plural = "diagnostics d’éligibilité"
        ordering = ["-made_on", "-id"]
        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="diagnosis_is_made_before_it_is_declared",
                condition=Q(declared_on__isnull=True) | Q(declared_on__gte=F("made_on")),
                violation_error_message="L’éligibilité se déclare après le diagnostic.",
            ),
        ]
        indexes = [models.Index(fields=["made_on"], name="diagnosis_by_day")]

    def __str__(self) -> str:
        return f"Diagnostic d’éligibilité du {self.made_on:%d/%m/%Y}"

    def clean_fields(self, exclude: Any = None) -> None:
        """Keep criteria in the order of the list, each once."""
        self.criteria = [each.value for each in Criterion if each in set(self.criteria)]
        super().clean_fields(exclude)
