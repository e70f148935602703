"""Habilitations and licences, with the day they stop being valid."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from backend.core.sealing.encryption import EncryptedTextField
from backend.organisations.models import Organisation
from competences.enums import LicenceKind
from competences.querysets import LicenceQuerySet
from pathways.models import Beneficiary


class Licence(models.Model):
    """CACES, SST, permis…: what a task may require and the law makes expire (art. R4323-56).

    A renewal is a newer row: the history stays. One typed by mistake is cancelled with its reason. A suspension says
    nothing of its cause.
    """

    beneficiary = models.ForeignKey(
        Beneficiary, verbose_name="personne", on_delete=models.PROTECT, related_name="licences"
    )
    kind = models.CharField(
        "habilitation",
        max_length=12,
        choices=LicenceKind,
        default=LicenceKind.OTHER,
        db_default=LicenceKind.OTHER.value,
    )
    label = models.CharField("catégorie ou précision", max_length=120, blank=True)
    obtained_on = models.DateField("obtenue le")
    expires_on = models.DateField("valable jusqu’au", null=True, blank=True)
    issuer = models.CharField("délivrée par", max_length=160, blank=True, default="", db_default="")
    is_suspended = models.BooleanField("suspendue ou retirée", default=False, db_default=False)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="structure",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="notée par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    cancelled_at = models.DateTimeField("annulée le", null=True, blank=True, editable=False)
    cancel_reason = EncryptedTextField("raison", max_length=300, blank=True, db_default="", editable=False)
    external_id = models.CharField("identifiant d’origine", max_length=200, blank=True, db_default="")
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    objects = LicenceQuerySet.as_manager()

    class Meta:
        verbose_name = "habilitation"
        ordering = ["obtained_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_licence_ends_after_it_begins",
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("obtained_on")),
                violation_error_message="Une habilitation ne peut pas finir avant d’avoir été obtenue.",
            ),
            models.CheckConstraint(
                name="another_licence_is_named",
                condition=~Q(kind=LicenceKind.OTHER.value) | ~Q(label=""),
                violation_error_message="Dites de quelle habilitation il s’agit.",
            ),
            models.CheckConstraint(
                name="a_licence_is_cancelled_with_its_reason",
                condition=Q(cancelled_at__isnull=True) | ~Q(cancel_reason=""),
                violation_error_message="Une habilitation s’annule avec sa raison.",
            ),
            models.UniqueConstraint(
                fields=["external_id"], condition=~Q(external_id=""), name="licence_external_id_is_unique"
            ),
        ]

    def __str__(self) -> str:
        if self.kind == LicenceKind.OTHER:
            return self.label
        return f"{self.get_kind_display()}, {self.label}" if self.label else self.get_kind_display()
