"""What the workers do with the outbox: each message taken by one, tried, tried again later and later, then given up."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from backend.mail.enums import MessageState, Trouble
from backend.mail.models import Message
from backend.mail.outbox import hand_over
from backend.mail.transport import Stopped, mail_leaves, send

logger = logging.getLogger(__name__)

DELAYS = (
    *(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30)),
    *(timedelta(hours=hours) for hours in (1, 2, 4, 8, 12)),
    timedelta(days=1),
)
"""How long to wait after each failure; after the last one the message is given up, two days and a few hours in all."""
HELD_FOR = timedelta(minutes=2)
"""How long one worker keeps a message to itself: longer than the task may last (`tasks.HARD_LIMIT`)."""
HANDED_FOR = timedelta(minutes=2)
"""How long the sweep lets the workers come to a message they were told of."""


def deliver(number: int) -> MessageState | None:
    """Try one message once; None when it is not to be tried: left, taken by another worker, or not due."""
    now = timezone.now()
    until = now + HELD_FOR
    if not Message.objects.due(now).filter(pk=number).update(held_until=until, attempts=F("attempts") + 1):
        return None
    message = Message.objects.listed().get(pk=number)
    stopped = _useless(message, now) or send(message)
    outcome = _outcome(message, stopped)
    # Only whoever still holds it says what became of it: a worker that slept too long says nothing.
    Message.objects.filter(pk=number, held_until=until).update(**outcome, held_until=None, handed_at=None)
    if stopped is not None:
        logger.warning("message %s not sent: %s", number, stopped.trouble.value)
    return MessageState(outcome["state"])


def _useless(message: Message, now: datetime) -> Stopped | None:
    """A link that closed in between; or a message whose tries all ended with their worker, never with an answer."""
    if message.good_until is not None and message.good_until <= now:
        return Stopped(Trouble.TOO_LATE, for_good=True)
    if message.attempts > len(DELAYS) + 1:
        return Stopped(Trouble.UNEXPECTED, for_good=True)
    return None


def _outcome(message: Message, stopped: Stopped | None) -> dict[str, Any]:
    now = timezone.now()
    if stopped is None:
        # Where messages only show on a console, their text stays: it is read from the screens.
        emptied = {"text": ""} if mail_leaves() else {}
        return {"state": MessageState.SENT, "trouble": "", "settled_at": now, **emptied}
    if stopped.for_good or message.attempts > len(DELAYS):
        refused = stopped.trouble in {Trouble.ADDRESS, Trouble.CONTENT}
        state = MessageState.REFUSED if refused else MessageState.GIVEN_UP
        return {"state": state, "trouble": stopped.trouble, "settled_at": now}
    again_at = now + DELAYS[message.attempts - 1]
    return {"state": MessageState.WAITING, "trouble": stopped.trouble, "next_attempt_at": again_at}


def sweep(now: datetime | None = None) -> int:
    """Hand over what is due and what nobody was told of, oldest first, until the broker stops answering; how many."""
    now = now or timezone.now()
    not_told = Q(handed_at__isnull=True) | Q(handed_at__lt=now - HANDED_FOR)
    numbers = Message.objects.due(now).filter(not_told).order_by("pk").values_list("pk", flat=True)
    told = 0
    for number in numbers:
        if not hand_over(number):
            break
        told += 1
    return told


_kept_days: list[Callable[[date], int]] = []


def kept_days_come_from(read: Callable[[date], int]) -> None:
    """Let whoever keeps the dated settings say for how many days a settled message is kept, on a given day."""
    _kept_days[:] = [read]


def forget_old_messages(now: datetime | None = None) -> int:
    """Delete the messages settled long ago, with the addresses they name; how many."""
    now = now or timezone.now()
    longest = timedelta(days=_kept_days[0](timezone.localdate(now)))
    old = Message.objects.exclude(state=MessageState.WAITING).filter(settled_at__lt=now - longest)
    return old.delete()[0]
