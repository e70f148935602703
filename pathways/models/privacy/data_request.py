"""What a person asks of the data kept about them, and what they are answered."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from backend.core.actor import SOCIAL_READERS, Actor
from backend.core.sealing.encryption import EncryptedTextField
from backend.organisations.models import Organisation
from pathways import doors
from pathways.enums import DataRequestKind, DataRequestState
from pathways.models.beneficiary import Beneficiary


class DataRequestQuerySet(models.QuerySet["DataRequest"]):
    """Requests about one's data."""

    def visible_to(self, actor: Actor) -> Self:
        """The person's own; those of the people one accompanies, and those that one's structure was asked."""
        if actor.role not in SOCIAL_READERS:
            return self.none()
        return doors.of_accompanied_or_kept(self, actor)

    def waiting(self) -> Self:
        """Those nobody answered yet."""
        return self.filter(status=DataRequestState.ASKED)

    def limiting(self) -> Self:
        """Limitations in force: granted, and not lifted."""
        return self.filter(
            kind=DataRequestKind.LIMITATION, status=DataRequestState.GRANTED, lifted_at__isnull=True
        )


class DataRequest(models.Model):
    """One request, by the person or told to whoever accompanies them; answered within a month (RGPD, art. 12)."""

    beneficiary = models.ForeignKey(
        Beneficiary, verbose_name="personne", on_delete=models.PROTECT, related_name="data_requests"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="structure",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    kind = models.CharField("demande", max_length=12, choices=DataRequestKind)
    words = EncryptedTextField("ce qui est demandé", blank=True, max_length=2_000)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="notée par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    asked_at = models.DateTimeField("demandée le", default=timezone.now, editable=False)
    due_on = models.DateField("réponse avant le", editable=False)
    status = models.CharField(
        "état", max_length=10, choices=DataRequestState, default=DataRequestState.ASKED, editable=False
    )
    answer = EncryptedTextField("réponse", blank=True, max_length=2_000)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="répondue par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    answered_at = models.DateTimeField("répondue le", null=True, blank=True, editable=False)
    lifted_at = models.DateTimeField("levée le", null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "demande sur ses données"
        verbose_name_plural = "demandes sur ses données"
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["status", "due_on"], name="data_request_waiting")]
        constraints = [
            models.CheckConstraint(
                name="data_request_is_answered_with_a_day",
                condition=Q(status=DataRequestState.ASKED) | Q(answered_at__isnull=False),
                violation_error_message="Une demande réglée a le jour de sa réponse.",
            ),
            models.UniqueConstraint(
                fields=["beneficiary", "kind"],
                condition=Q(status=DataRequestState.ASKED),
                name="one_waiting_data_request_of_a_kind",
                violation_error_message="Cette demande est déjà faite : elle attend une réponse.",
            ),
        ]

    def __str__(self) -> str:
        return f"demande du {self.day:%d/%m/%Y}"

    @property
    def day(self) -> date:
        """The day it was asked, in Paris."""
        return timezone.localdate(self.asked_at)

    @property
    def is_waiting(self) -> bool:
        """Whether nobody answered yet."""
        return self.status == DataRequestState.ASKED

    @property
    def is_limiting(self) -> bool:
        """Whether it is a limitation in force."""
        return (
            self.kind == DataRequestKind.LIMITATION
            and self.status == DataRequestState.GRANTED
            and self.lifted_at is None
        )
