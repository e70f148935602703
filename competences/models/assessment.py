"""What somebody saw a person do, at which level, doing which work, on which day."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from backend.core.sealing.encryption import EncryptedTextField
from backend.organisations.models import Organisation
from competences.enums import Level, ProofStatus
from competences.models.referential import Competence
from competences.querysets import AssessmentQuerySet
from pathways.models import Beneficiary


class Assessment(models.Model):
    """One reading; the history is kept, a correction is a newer line."""

    beneficiary = models.ForeignKey(
        Beneficiary, verbose_name="personne", on_delete=models.PROTECT, related_name="assessments"
    )
    competence = models.ForeignKey(
        Competence, verbose_name="compétence", on_delete=models.PROTECT, related_name="assessments"
    )
    level = models.PositiveSmallIntegerField("niveau", choices=Level)
    status = models.CharField("preuve", max_length=10, choices=ProofStatus, default=ProofStatus.OBSERVED)
    observer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="vue par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assessments",
    )
    observer_name = models.CharField("observateur", max_length=160, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="structure",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    context = EncryptedTextField("contexte", max_length=200, blank=True)
    comment = EncryptedTextField(
        "ce que la personne en dit", blank=True, max_length=1000, default="", db_default=""
    )
    assessed_on = models.DateField("le")
    created_at = models.DateTimeField("enregistré le", auto_now_add=True)
    external_id = models.CharField("identifiant d’origine", max_length=200, blank=True, db_default="")

    objects = AssessmentQuerySet.as_manager()

    is_latest: bool
    """Whether it is what the person holds of this competence; on the rows of `telling_the_latest` only."""

    class Meta:
        verbose_name = "évaluation"
        ordering = ["-assessed_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["beneficiary", "competence", "assessed_on", "status", "observer_name"],
                name="one_reading_per_day_and_observer",
                violation_error_message="Cette compétence a déjà été évaluée ce jour-là par la même personne.",
            ),
            models.UniqueConstraint(
                fields=["external_id"],
                condition=~Q(external_id=""),
                name="assessment_external_id_is_unique",
            ),
            models.CheckConstraint(name="level_is_one_to_four", condition=Q(level__range=(1, 4))),
        ]
        indexes = [
            models.Index(fields=["beneficiary", "competence", "-assessed_on"], name="assessment_latest")
        ]

    def __str__(self) -> str:
        return f"{self.competence_id} le {self.assessed_on:%d/%m/%Y}"
