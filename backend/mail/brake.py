"""No mailbox is filled from here: messages that somebody else asked for reach one address one minute apart at least.

Whoever asks is never told that the brake holds: it would say that somebody else writes to that address too.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from backend.mail.enums import MessageKind, MessageState

BETWEEN_TWO = timedelta(minutes=1)
"""How long after a message left for an address the next one leaves, whoever asks for it."""
ASKED_BY_OTHERS = (
    MessageKind.INVITATION,
    MessageKind.AGREEMENT,
    MessageKind.GROUP_OFFER,
    MessageKind.RELAY,
    MessageKind.RETENTION,
)
"""What somebody else makes us send, the service that runs the retention included. What tells people of their own account never waits, and has limits of its own."""


def comes_too_soon(messages: QuerySet[Any], now: datetime) -> Q:
    """Whether a message of these kinds would follow too closely another one that left, or is leaving, for its address."""
    just_left = Q(state=MessageState.SENT, settled_at__gt=now - BETWEEN_TWO)
    is_leaving = Q(held_until__gt=now)
    before = messages.filter(
        just_left | is_leaving, recipient=OuterRef("recipient"), kind__in=ASKED_BY_OTHERS
    )
    return Q(Exists(before), kind__in=ASKED_BY_OTHERS)
