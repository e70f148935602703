"""What moves the end of a PASS IAE: its suspensions and its prolongations (art. R5132-1-3 and R5132-1-8)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from backend.core.sealing.codes import SealedCharField
from pathways.enums import ProlongationMotive, SuspensionMotive
from pathways.models.decision import Answered, Recorded
from pathways.models.rights.iae_pass import IaePass
from pathways.querysets.thread import PassChangeQuerySet


class PassSuspension(Recorded):
    """Days a PASS does not run, both included; its end moves by as much (R16)."""

    iae_pass = models.ForeignKey(
        IaePass, verbose_name="PASS IAE", on_delete=models.PROTECT, related_name="suspensions"
    )
    motive = models.CharField("motif", max_length=20, choices=SuspensionMotive)
    starts_on = models.DateField("début")
    ends_on = models.DateField("fin")

    objects = PassChangeQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name = "suspension de PASS IAE"
        verbose_name_plural = "suspensions de PASS IAE"
        ordering = ["starts_on", "id"]
        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="suspension_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="La fin de la suspension ne peut pas précéder son début.",
            ),
        ]
        indexes = [models.Index(fields=["ends_on"], name="suspension_by_end")]

    def __str__(self) -> str:
        return f"Suspension du {self.starts_on:%d/%m/%Y} au {self.ends_on:%d/%m/%Y}"

    @property
    def beneficiary_id(self) -> int:
        """The person whose PASS this is, for the trail."""
        return self.iae_pass.beneficiary_id


class PassProlongation(Recorded, Answered):
    """A request to prolong a PASS: from its end when it was asked to the end asked for."""

    iae_pass = models.ForeignKey(
        IaePass, verbose_name="PASS IAE", on_delete=models.PROTECT, related_name="prolongations"
    )
    motive = SealedCharField("motif", max_length=12, choices=ProlongationMotive)
    starts_on = models.DateField("depuis")
    ends_on = models.DateField("nouvelle fin")
    prescriber = models.CharField("prescripteur", max_length=160, blank=True)

    objects = PassChangeQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name = "prolongation de PASS IAE"
        verbose_name_plural = "prolongations de PASS IAE"
        ordering = ["asked_on", "id"]
        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="prolongation_ends_later",
                condition=Q(ends_on__gt=F("starts_on")),
                violation_error_message="La nouvelle fin suit celle du PASS.",
            ),
        ]

    def __str__(self) -> str:
        return f"Prolongation jusqu’au {self.ends_on:%d/%m/%Y}"

    @property
    def beneficiary_id(self) -> int:
        """The person whose PASS this is, for the trail."""
        return self.iae_pass.beneficiary_id
