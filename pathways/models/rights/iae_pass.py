"""The PASS IAE: one right to a pathway of 24 months, which follows the person."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from backend.core.sealing.encryption import EncryptedTextField
from backend.core.values.identifiers import validate_pass_number
from pathways.models.beneficiary import Beneficiary
from pathways.querysets.thread import PassQuerySet


class IaePass(models.Model):
    """Dates received from the State platform always win over those we would compute (art. R5132-1-2).

    `ends_on` is moved by each suspension and each prolongation granted; one received that differs is kept.
    """

    beneficiary = models.ForeignKey(
        Beneficiary, verbose_name="personne", on_delete=models.PROTECT, related_name="passes"
    )
    number = models.CharField("numéro", max_length=12, validators=[validate_pass_number], db_index=True)
    starts_on = models.DateField("début")
    ends_on = models.DateField("fin")
    closed_on = models.DateField("clos le", null=True, blank=True, editable=False)
    closing_note = EncryptedTextField("examen de la situation", blank=True, max_length=500, editable=False)

    objects = PassQuerySet.as_manager()

    class Meta:
        verbose_name = "PASS IAE"
        verbose_name_plural = "PASS IAE"
        ordering = ["starts_on", "id"]
        constraints = [
            # Not one per installation: the answer to a write would tell whether somebody is known elsewhere (0033).
            models.UniqueConstraint(
                fields=["beneficiary", "number"],
                name="one_line_per_pass_of_a_person",
                violation_error_message="Ce PASS est déjà enregistré pour cette personne.",
            ),
            models.CheckConstraint(
                name="pass_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="La fin du PASS ne peut pas précéder son début.",
            ),
            models.CheckConstraint(
                name="pass_is_closed_after_it_starts",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("starts_on")),
                violation_error_message="Un PASS ne se clôt pas avant d’avoir commencé.",
            ),
        ]
        indexes = [models.Index(fields=["ends_on"], name="pass_by_end")]

    def __str__(self) -> str:
        return f"PASS du {self.starts_on:%d/%m/%Y} au {self.ends_on:%d/%m/%Y}"
