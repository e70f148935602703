"""Contracts of a stay, chained by their renewals, the avenants that change their hours, and the hours worked."""

from __future__ import annotations

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from backend.core.values.dates import french_date
from backend.core.values.identifiers import validate_rome_code
from pathways.enums import ClientKind, ContractEnd, ContractKind
from pathways.models.stay import Stay
from pathways.querysets.thread import ContractQuerySet, OfContractQuerySet


class Contract(models.Model):
    """One contract; a renewal is a contract whose `initial` is the first of its chain."""

    stay = models.ForeignKey(Stay, verbose_name="passage", on_delete=models.PROTECT, related_name="contracts")
    kind = models.CharField("type", max_length=20, choices=ContractKind)
    started_on = models.DateField("début")
    planned_end_on = models.DateField("fin prévue", null=True, blank=True)
    ended_on = models.DateField("fin réelle", null=True, blank=True)
    end_motive = models.CharField("motif de la rupture", max_length=12, choices=ContractEnd, blank=True)
    weekly_hours = models.DecimalField(
        "heures par semaine",
        max_digits=4,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(48)],
    )
    guaranteed_hours = models.DecimalField(
        "heures garanties sur tout le contrat",
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
    )
    rome_code = models.CharField("code ROME", max_length=5, blank=True, validators=[validate_rome_code])
    initial = models.ForeignKey(
        "self",
        verbose_name="contrat initial",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="renewals",
    )
    external_id = models.CharField("identifiant d’origine", max_length=200, blank=True)

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = "contrat"
        ordering = ["started_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="contract_ends_after_it_starts",
                condition=(Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")))
                & (Q(planned_end_on__isnull=True) | Q(planned_end_on__gte=F("started_on"))),
                violation_error_message="La fin du contrat ne peut pas précéder son début.",
            ),
            models.CheckConstraint(
                name="contract_broken_off_has_its_day",
                condition=Q(end_motive="") | Q(ended_on__isnull=False),
                violation_error_message="Une rupture a son dernier jour.",
            ),
            models.UniqueConstraint(
                fields=["external_id"], condition=~Q(external_id=""), name="contract_external_id_is_unique"
            ),
        ]
        indexes = [models.Index(fields=["planned_end_on"], name="contract_by_planned_end")]

    def __str__(self) -> str:
        return f"{self.kind} du {self.started_on:%d/%m/%Y}"

    @property
    def last_day(self) -> date | None:
        """The real end when known, else the planned one; None for an open-ended contract."""
        return self.ended_on or self.planned_end_on

    @property
    def days_in_words(self) -> str:
        """« du 1er au 31 mars… » in full: what tells two contracts of one month apart."""
        start, end = french_date(self.started_on, short=True), self.last_day
        return f"du {start} au {french_date(end, short=True)}" if end else f"depuis le {start}"

    @property
    def chain_id(self) -> int:
        """The first contract of the chain, itself when it is not a renewal."""
        return self.initial_id or self.pk


class HoursAmendment(models.Model):
    """An avenant: the hours a week of a contract from one day on; those of the contract itself are its first ones."""

    contract = models.ForeignKey(
        Contract, verbose_name="contrat", on_delete=models.PROTECT, related_name="amendments"
    )
    starts_on = models.DateField("à partir du")
    weekly_hours = models.DecimalField(
        "heures par semaine",
        max_digits=4,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(48)],
    )

    objects = OfContractQuerySet.as_manager()

    class Meta:
        verbose_name = "avenant d’heures"
        verbose_name_plural = "avenants d’heures"
        ordering = ["contract_id", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "starts_on"],
                name="one_amendment_a_day",
                violation_error_message="Un avenant de ce contrat commence déjà ce jour-là.",
            ),
            models.CheckConstraint(
                name="amended_hours_are_of_a_week",
                condition=Q(weekly_hours__gte=0) & Q(weekly_hours__lte=48),
                violation_error_message="Vérifiez les heures par semaine de cet avenant.",
            ),
        ]

    def __str__(self) -> str:
        return f"avenant du {self.starts_on:%d/%m/%Y}"


class MonthlyHours(models.Model):
    """Hours of one month under one contract, for one kind of client."""

    contract = models.ForeignKey(
        Contract, verbose_name="contrat", on_delete=models.PROTECT, related_name="monthly_hours"
    )
    month = models.DateField("mois", help_text="Premier jour du mois.")
    hours = models.DecimalField(
        "heures", max_digits=6, decimal_places=2, validators=[MinValueValidator(0), MaxValueValidator(400)]
    )
    client_kind = models.CharField("type de client", max_length=12, choices=ClientKind, blank=True)

    objects = OfContractQuerySet.as_manager()

    class Meta:
        verbose_name = "heures du mois"
        verbose_name_plural = "heures des mois"
        ordering = ["contract_id", "month", "client_kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "month", "client_kind"],
                name="one_line_of_hours_per_month",
                violation_error_message="Les heures de ce mois sont déjà enregistrées pour ce contrat.",
            ),
            models.CheckConstraint(
                name="month_is_a_first_day",
                condition=Q(month__day=1),
                violation_error_message="Un mois s’enregistre par son premier jour.",
            ),
            models.CheckConstraint(
                name="hours_are_not_negative",
                condition=Q(hours__gte=0),
                violation_error_message="Un nombre d’heures ne peut pas être négatif.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%m/%Y}"
