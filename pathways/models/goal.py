"""What the person aims at, and the small steps that lead there."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from backend.core.sealing.encryption import EncryptedTextField
from backend.organisations.models import Organisation
from pathways.enums import GoalOrigin, ProgressStatus
from pathways.models.beneficiary import Beneficiary
from pathways.models.interview import Interview
from pathways.querysets.thread import FollowUpQuerySet


class Goal(models.Model):
    """A goal in the person's words, with who set it."""

    beneficiary = models.ForeignKey(
        Beneficiary, verbose_name="personne", on_delete=models.PROTECT, related_name="goals"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="structure",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    label = EncryptedTextField("objectif", max_length=200)
    origin = models.CharField("proposé par", max_length=15, choices=GoalOrigin, default=GoalOrigin.SHARED)
    due_on = models.DateField("échéance", null=True, blank=True)
    status = models.CharField("état", max_length=10, choices=ProgressStatus, default=ProgressStatus.DOING)
    dropped_because = EncryptedTextField("raison de l’abandon", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField("créé le", auto_now_add=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = "objectif"
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return self.label


class Action(models.Model):
    """Who does what by when; nature and outcome feed the yearly report (art. R5132-3)."""

    beneficiary = models.ForeignKey(
        Beneficiary, verbose_name="personne", on_delete=models.PROTECT, related_name="actions"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="structure",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    goal = models.ForeignKey(
        Goal, verbose_name="objectif", on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    interview = models.ForeignKey(
        Interview,
        verbose_name="entretien",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="actions",
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="suivie par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="actions",
    )
    label = EncryptedTextField("action", max_length=200)
    due_on = models.DateField("pour le", null=True, blank=True)
    status = models.CharField("état", max_length=10, choices=ProgressStatus, default=ProgressStatus.TO_DO)
    outcome = EncryptedTextField("suite donnée", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField("créée le", auto_now_add=True)

    objects = FollowUpQuerySet.as_manager()

    moved = ""
    """How its date moved, in words: filled by `selectors.moves.with_moves` for the pages that tell it."""

    class Meta:
        verbose_name = "action"
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["assignee", "status", "due_on"], name="action_by_assignee"),
            models.Index(fields=["organisation", "status", "due_on"], name="action_by_structure"),
        ]

    def __str__(self) -> str:
        return self.label
