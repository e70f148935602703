"""A training somebody follows while accompanied, or between two stays: what, with whom, when, how it ended."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from backend.core.values.identifiers import validate_certification_code
from backend.organisations.models import Organisation
from pathways.enums import (
    CancelReason,
)
from pathways.enums.trainings import (
    TrainingDecider,
    TrainingFunder,
    TrainingKind,
    TrainingOutcome,
    TrainingStop,
    TrainingTime,
)
from pathways.models.beneficiary import Beneficiary
from pathways.querysets.thread import TrainingQuerySet

MOST_DAYS, MOST_HOURS = 1_500, 10_000
"""What the columns hold: five years, every working day. What is plausible is for the rules to say."""


def _days(name: str) -> Any:
    return models.PositiveSmallIntegerField(
        name, null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(MOST_DAYS)]
    )


def _hours(name: str) -> Any:
    return models.DecimalField(
        name,
        max_digits=6,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_HOURS)],
    )


class Training(models.Model):
    """One training; without an outcome it is to come, under way, or waits to be told.

    The certification is known by its code in the national registers, the « habilitation » by its name: neither needs to
    be among those the structure works with. The certificate itself is a file carried by the row.
    """

    beneficiary = models.ForeignKey(
        Beneficiary, verbose_name="personne", on_delete=models.PROTECT, related_name="trainings"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="structure",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    title = models.CharField("intitulé", max_length=160)
    provider = models.CharField("organisme de formation", max_length=160, blank=True)
    kind = models.CharField("type de formation", max_length=16, choices=TrainingKind)
    certification_code = models.CharField(
        "certification préparée", max_length=20, blank=True, validators=[validate_certification_code]
    )
    licence = models.CharField("habilitation préparée", max_length=120, blank=True)
    funder = models.CharField("financement", max_length=16, choices=TrainingFunder, blank=True)
    time = models.CharField("temps de travail", max_length=12, choices=TrainingTime, blank=True)
    decided_by = models.CharField("choisie par", max_length=12, choices=TrainingDecider, blank=True)
    started_on = models.DateField("début")
    planned_end_on = models.DateField("fin prévue")
    planned_days = _days("jours prévus")
    planned_hours = _hours("heures prévues")
    ended_on = models.DateField("fin réelle", null=True, blank=True)
    done_days = _days("jours suivis")
    done_hours = _hours("heures suivies")
    outcome = models.CharField("issue", max_length=14, choices=TrainingOutcome, blank=True)
    stop_reason = models.CharField("raison de l’arrêt", max_length=10, choices=TrainingStop, blank=True)
    certified_on = models.DateField("date du certificat", null=True, blank=True)
    cancelled_at = models.DateTimeField("annulée le", null=True, blank=True, editable=False)
    cancel_reason = models.CharField(
        "raison de l’annulation", max_length=16, choices=CancelReason, blank=True, editable=False
    )
    version = models.PositiveIntegerField("version", default=1, editable=False)
    external_id = models.CharField("identifiant d’origine", max_length=200, blank=True)

    objects = TrainingQuerySet.as_manager()

    class Meta:
        verbose_name = "formation"
        ordering = ["-started_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="training_ends_after_it_starts",
                condition=Q(planned_end_on__gte=F("started_on"))
                & (Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on"))),
                violation_error_message="La formation se terminerait avant d’avoir commencé.",
            ),
            models.UniqueConstraint(
                fields=["external_id"], condition=~Q(external_id=""), name="training_external_id_is_unique"
            ),
        ]
        indexes = [models.Index(fields=["planned_end_on"], name="training_by_planned_end")]

    def __str__(self) -> str:
        return f"Formation « {self.title} » du {self.started_on:%d/%m/%Y}"

    @property
    def last_day(self) -> date:
        """The real end once it is told, else the planned one."""
        return self.ended_on or self.planned_end_on
