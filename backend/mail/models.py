"""The outbox: what is to be said to whom, written with the gesture that says it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from backend.core.sealing.encryption import EncryptedTextField
from backend.mail.brake import comes_too_soon
from backend.mail.enums import MessageKind, MessageState, Trouble


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages; whoever lists them leaves their text sealed."""

    def listed(self) -> Self:
        """Without their text, which listing never needs and an unknown key could not open."""
        return self.defer("text")

    def about(self, label: str, ids: list[int]) -> Self:
        """Those that speak of these rows of one table (« organisations.invitation »)."""
        return self.filter(about=label, about_id__in=ids)

    def due(self, now: datetime) -> Self:
        """Those that may be tried now, that no worker holds and that no mailbox would find too many."""
        free = Q(held_until__isnull=True) | Q(held_until__lt=now)
        # Written later than now: the clock went back since, and the first try does not wait for it.
        timely = Q(next_attempt_at__lte=now) | Q(created_at__gt=now, attempts=0)
        waiting = self.filter(free, timely, state=MessageState.WAITING)
        return waiting.exclude(comes_too_soon(self.model._default_manager.all(), now))


class Message(models.Model):
    """One message to one address. Its text may hold a secret link: sealed here, emptied once the message left."""

    uid = models.UUIDField("identité", default=uuid.uuid4, unique=True, editable=False)
    """What `Message-ID` is made of: sent twice in spite of everything, it is the same message for a mailbox."""
    recipient = models.EmailField("destinataire")
    subject = EncryptedTextField("objet", max_length=200)
    text = EncryptedTextField("texte", blank=True)
    kind = models.CharField("sorte", max_length=20, choices=MessageKind)
    about = models.CharField("table concernée", max_length=60, blank=True)
    about_id = models.PositiveBigIntegerField("ligne concernée", null=True, blank=True)
    state = models.CharField("état", max_length=12, choices=MessageState, default=MessageState.WAITING)
    trouble = models.CharField("dernier obstacle", max_length=20, choices=Trouble, blank=True)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    created_at = models.DateTimeField("écrit le")
    next_attempt_at = models.DateTimeField("prochain essai")
    handed_at = models.DateTimeField("confié aux travaux le", null=True, blank=True)
    held_until = models.DateTimeField("en cours d’envoi jusqu’à", null=True, blank=True)
    good_until = models.DateTimeField("inutile après", null=True, blank=True)
    settled_at = models.DateTimeField("réglé le", null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "message"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["state", "next_attempt_at"], name="messages_to_try"),
            models.Index(fields=["about", "about_id"], name="messages_about"),
            models.Index(fields=["recipient", "settled_at"], name="messages_to_an_address"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=MessageState.WAITING, settled_at__isnull=True)
                | (~Q(state=MessageState.WAITING) & Q(settled_at__isnull=False)),
                name="a_message_waits_or_is_settled",
            )
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"
