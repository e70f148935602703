"""Whether messages leave, in words: whoever runs the service hears it before those who wait for an invitation do."""

from __future__ import annotations

from datetime import timedelta

from django.db import DatabaseError
from django.utils import timezone

from backend.core.health.findings import Gravity, Trouble
from backend.mail.enums import MessageState
from backend.mail.enums import Trouble as Obstacle
from backend.mail.models import Message

PATIENCE = timedelta(hours=1)
"""A server that asks to wait, or restarts, is nobody's trouble before that."""


def mail_leaves_in_time() -> Trouble | None:
    """No message has been tried in vain for longer than a short absence of its server."""
    late = Message.objects.listed().filter(
        state=MessageState.WAITING, created_at__lt=timezone.now() - PATIENCE
    )
    try:
        last = late.exclude(trouble="").order_by("-pk").values_list("trouble", flat=True).first()
    except DatabaseError:  # the tables are not there yet: another check says it
        return None
    if last is None:
        return None
    return Trouble(
        "courrier",
        Gravity.DEGRADED,
        f"Des messages attendent depuis plus d’une heure : {Obstacle(last).label}.",
        "passerelles check-mail ADRESSE essaie le serveur ; réparé, passerelles outbox --resend",
    )
