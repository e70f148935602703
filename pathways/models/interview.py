"""What was said: a synthesis shared with the person and the team, and a note only its author reads."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from backend.core.findings import Finding
from backend.core.sealing.encryption import EncryptedTextField
from backend.organisations.models import Organisation
from pathways.enums import InterviewKind, InterviewMode, Topic
from pathways.models.beneficiary import Beneficiary
from pathways.querysets.thread import InterviewQuerySet, PrivateNoteQuerySet


class Interview(models.Model):
    """One follow-up: nature, object and duration are what the yearly report asks for (art. R5132-3)."""

    beneficiary = models.ForeignKey(
        Beneficiary, verbose_name="personne", on_delete=models.PROTECT, related_name="interviews"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="structure",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="interviews",
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="auteur",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="interviews",
    )
    happened_at = models.DateTimeField("le")
    kind = models.CharField("type", max_length=16, choices=InterviewKind, default=InterviewKind.FOLLOW_UP)
    mode = models.CharField("mode", max_length=12, choices=InterviewMode, default=InterviewMode.IN_PERSON)
    duration_minutes = models.PositiveSmallIntegerField(
        "durée en minutes", null=True, blank=True, validators=[MaxValueValidator(600)]
    )
    topics = models.JSONField("sujets", default=list, blank=True)
    synthesis = EncryptedTextField("synthèse partagée", blank=True, max_length=10_000)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField("enregistré le", auto_now_add=True)
    external_id = models.CharField("identifiant d’origine", max_length=200, blank=True)

    objects = InterviewQuerySet.as_manager()

    remarks: Sequence[Finding] = ()
    """What recording it had to say, for who recorded it."""

    class Meta:
        verbose_name = "entretien"
        ordering = ["-happened_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["external_id"], condition=~Q(external_id=""), name="interview_external_id_is_unique"
            ),
        ]
        indexes = [
            models.Index(fields=["beneficiary", "-happened_at", "organisation"], name="interview_by_person"),
            models.Index(
                fields=["organisation", "-happened_at", "beneficiary"], name="interview_by_structure"
            ),
        ]

    def __str__(self) -> str:
        return f"{InterviewKind(self.kind).label} du {self.happened_at:%d/%m/%Y}"

    @property
    def topic_labels(self) -> list[str]:
        """The chips in words."""
        return [Topic(topic).label for topic in self.topics if topic in Topic.values]


class PrivateNote(models.Model):
    """The author's own reminder beside the synthesis; the person may ask to read it, colleagues may not."""

    interview = models.OneToOneField(
        Interview, verbose_name="entretien", on_delete=models.CASCADE, related_name="private_note"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="auteur",
        on_delete=models.PROTECT,
        related_name="private_notes",
    )
    text = EncryptedTextField("note privée", max_length=10_000)

    objects = PrivateNoteQuerySet.as_manager()

    class Meta:
        verbose_name = "note privée"
        verbose_name_plural = "notes privées"

    def __str__(self) -> str:
        return f"note de l’entretien {self.interview_id}"
