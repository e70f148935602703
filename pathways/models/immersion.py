"""An immersion in a workplace (PMSMP): the convention, its renewal, and what was said of it at the end."""

from __future__ import annotations

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from backend.core.sealing.encryption import EncryptedTextField
from backend.core.values.identifiers import validate_siret
from backend.organisations.models import Organisation
from pathways.enums import CancelReason, ImmersionPrescriber, ImmersionPurpose
from pathways.models.beneficiary import Beneficiary
from pathways.querysets.thread import ImmersionQuerySet


class Immersion(models.Model):
    """One convention (art. L5135-1 to L5135-8); its renewal is another line whose `renews` is the first one.

    The host is known by its name, its town and its SIRET: it may be nobody's employer yet.
    """

    beneficiary = models.ForeignKey(
        Beneficiary, verbose_name="personne", on_delete=models.PROTECT, related_name="immersions"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="structure",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    prescriber = models.CharField("prescripteur", max_length=16, choices=ImmersionPrescriber)
    host_name = models.CharField("employeur d’accueil", max_length=160)
    host_town = models.CharField("commune", max_length=120, blank=True)
    host_siret = models.CharField("SIRET", max_length=14, blank=True, validators=[validate_siret])
    tutor_name = models.CharField("tuteur", max_length=160, blank=True)
    tutor_role = models.CharField("fonction du tuteur", max_length=120, blank=True)
    purpose = models.CharField("objet", max_length=12, choices=ImmersionPurpose)
    objectives = EncryptedTextField("objectifs", max_length=400)
    started_on = models.DateField("début")
    planned_end_on = models.DateField("fin prévue")
    ended_on = models.DateField("fin anticipée", null=True, blank=True)
    hours = models.DecimalField(
        "heures",
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(400)],
    )
    renews = models.ForeignKey(
        "self",
        verbose_name="convention renouvelée",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="renewals",
    )
    reviewed_on = models.DateField("bilan du", null=True, blank=True)
    tutor_review = EncryptedTextField("bilan du tuteur", blank=True, max_length=2_000)
    person_review = EncryptedTextField("bilan de la personne", blank=True, max_length=2_000)
    cancelled_at = models.DateTimeField("annulée le", null=True, blank=True, editable=False)
    cancel_reason = models.CharField(
        "raison de l’annulation", max_length=16, choices=CancelReason, blank=True, editable=False
    )
    version = models.PositiveIntegerField("version", default=1, editable=False)
    external_id = models.CharField("identifiant d’origine", max_length=200, blank=True)

    objects = ImmersionQuerySet.as_manager()

    class Meta:
        verbose_name = "immersion"
        ordering = ["-started_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="immersion_ends_after_it_starts",
                condition=Q(planned_end_on__gte=F("started_on"))
                & (Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on"))),
                violation_error_message="L’immersion se terminerait avant d’avoir commencé.",
            ),
            models.UniqueConstraint(
                fields=["external_id"], condition=~Q(external_id=""), name="immersion_external_id_is_unique"
            ),
        ]
        indexes = [models.Index(fields=["planned_end_on"], name="immersion_by_planned_end")]

    def __str__(self) -> str:
        return f"Immersion chez {self.host_name} du {self.started_on:%d/%m/%Y}"

    @property
    def last_day(self) -> date:
        """The real end when it was cut short, else the planned one."""
        return self.ended_on or self.planned_end_on

    @property
    def is_reviewed(self) -> bool:
        """Whether both the tutor and the person said what they think of it."""
        return bool(self.tutor_review and self.person_review)
