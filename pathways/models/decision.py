"""What the rows that change a right share: who recorded them, the answer they wait for, and how they are taken back."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import Q

from backend.core.sealing.encryption import EncryptedTextField
from backend.organisations.models import Organisation
from pathways.enums import RefusalReason, RequestStatus


class Recorded(models.Model):
    """A row of a structure; recorded by mistake it is cancelled with a reason, stays readable and counts no more."""

    organisation = models.ForeignKey(
        Organisation, verbose_name="structure", on_delete=models.PROTECT, related_name="+"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="enregistré par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    created_at = models.DateTimeField("enregistré le", auto_now_add=True)
    cancelled_at = models.DateTimeField("annulé le", null=True, blank=True, editable=False)
    cancel_reason = EncryptedTextField("raison de l’annulation", max_length=300, blank=True, editable=False)
    external_id = models.CharField("identifiant d’origine", max_length=200, blank=True, db_default="")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["external_id"], condition=~Q(external_id=""), name="%(class)s_external_id_is_unique"
            ),
            models.CheckConstraint(
                name="%(class)s_is_cancelled_with_its_reason",
                condition=Q(cancelled_at__isnull=True) | ~Q(cancel_reason=""),
                violation_error_message="Une ligne s’annule avec sa raison.",
            ),
        ]


class Answered(models.Model):
    """A request and its answer; « pièce » is the nature of the document and its day, the file itself is not kept here."""

    status = models.CharField("état", max_length=10, choices=RequestStatus, default=RequestStatus.ASKED)
    asked_on = models.DateField("demandée le")
    decided_on = models.DateField("réponse du", null=True, blank=True)
    refusal_reason = models.CharField("raison du refus", max_length=12, choices=RefusalReason, blank=True)
    document = EncryptedTextField("pièce", max_length=160, blank=True, validators=[MinLengthValidator(2)])
    document_on = models.DateField("date de la pièce", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has answered yet."""
        return self.status == RequestStatus.ASKED
