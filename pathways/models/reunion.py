"""Two files found to be one person's, what makes them two again; two files known to be two people's."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from backend.core.sealing.encryption import EncryptedTextField
from backend.organisations.models import Organisation
from pathways.models.beneficiary import Beneficiary
from pathways.querysets.thread import ReunionQuerySet, ToldApartQuerySet
from pathways.rules.twins.reunions import last_day_to_separate


class Reunion(models.Model):
    """One file joined to another: `gone_id` was its number; `memory` holds, sealed, what separates them again."""

    kept = models.ForeignKey(
        Beneficiary, verbose_name="fiche gardée", on_delete=models.PROTECT, related_name="reunions"
    )
    gone_id = models.PositiveBigIntegerField("numéro de l’autre fiche", db_index=True, editable=False)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="structure",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="réunies par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    made_at = models.DateTimeField("réunies le", default=timezone.now, editable=False)
    memory = EncryptedTextField("de quoi les séparer", blank=True, editable=False)
    separated_at = models.DateTimeField("séparées le", null=True, blank=True, editable=False)
    separated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="séparées par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )

    objects = ReunionQuerySet.as_manager()

    class Meta:
        verbose_name = "réunion de fiches"
        verbose_name_plural = "réunions de fiches"
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="files_are_separated_after_they_are_joined",
                condition=Q(separated_at__isnull=True) | Q(separated_at__gte=F("made_at")),
                violation_error_message="Deux fiches ne se séparent pas avant d’avoir été réunies.",
            ),
        ]

    def __str__(self) -> str:
        return f"réunion du {self.day:%d/%m/%Y}"

    @property
    def beneficiary_id(self) -> int:
        """The person, for the trail."""
        return self.kept_id

    @property
    def day(self) -> date:
        """The day it was done, in Paris."""
        return timezone.localdate(self.made_at)

    @property
    def last_day(self) -> date:
        """The last day it may be undone."""
        return last_day_to_separate(self.day)


class ToldApart(models.Model):
    """« Ce sont deux personnes »: somebody looked at both files, and they are not proposed together any more."""

    first = models.ForeignKey(
        Beneficiary, verbose_name="une personne", on_delete=models.PROTECT, related_name="told_apart"
    )
    second = models.ForeignKey(
        Beneficiary, verbose_name="l’autre", on_delete=models.PROTECT, related_name="told_apart_too"
    )
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="dit par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    told_at = models.DateTimeField("dit le", default=timezone.now, editable=False)

    objects = ToldApartQuerySet.as_manager()

    class Meta:
        verbose_name = "paire d’homonymes"
        verbose_name_plural = "paires d’homonymes"
        ordering = ["-told_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"],
                name="two_people_are_told_apart_once",
                violation_error_message="C’est déjà dit : ce sont deux personnes.",
            ),
            models.CheckConstraint(
                name="two_people_are_two",
                condition=~Q(first=F("second")),
                violation_error_message="Choisissez deux fiches différentes.",
            ),
        ]

    def __str__(self) -> str:
        return f"paire {self.pk}"
