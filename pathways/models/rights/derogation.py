"""A derogation: a decision on the contracts of one person in one structure (art. L5132-5, L5132-11-1, L5132-15-1)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from backend.core.sealing.codes import SealedCharField
from pathways.enums import Decider, DerogationMotive, OtherEmployer
from pathways.models.beneficiary import Beneficiary
from pathways.models.decision import Answered, Recorded
from pathways.querysets.thread import DerogationQuerySet


class Derogation(Recorded, Answered):
    """Asked, granted or refused, from one day to another; that it is over is read from its last day."""

    beneficiary = models.ForeignKey(
        Beneficiary, verbose_name="personne", on_delete=models.PROTECT, related_name="derogations"
    )
    motive = SealedCharField("motif", max_length=16, choices=DerogationMotive)
    decider = models.CharField("décidée par", max_length=14, choices=Decider)
    starts_on = models.DateField("du")
    ends_on = models.DateField("au", null=True, blank=True)
    other_employer = models.CharField(
        "autre employeur", max_length=10, choices=OtherEmployer, blank=True, db_default=""
    )
    training_ends_on = models.DateField("fin de la formation", null=True, blank=True)

    objects = DerogationQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name = "dérogation"
        ordering = ["-starts_on", "-id"]
        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="derogation_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="La décision ne peut pas se terminer avant d’avoir commencé.",
            ),
        ]
        indexes = [models.Index(fields=["ends_on"], name="derogation_by_end")]

    def __str__(self) -> str:
        return f"Dérogation du {self.starts_on:%d/%m/%Y}"
