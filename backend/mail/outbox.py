"""Write a message with the gesture that asks for it, send it again, think better of it.

Nothing here talks to a mail server. The message to the workers carries the number of the row and nothing else;
when the broker does not answer either, the row waits for the sweep.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from functools import partial

from celery import current_app
from django.db import models, transaction
from django.utils import timezone

from backend.core.jobs import silence_of
from backend.mail.enums import MessageKind, MessageState
from backend.mail.models import Message

logger = logging.getLogger(__name__)

TASK = "mail.deliver"
_LONGEST_SUBJECT = 200


def write(
    *,
    to: str,
    subject: str,
    text: str,
    kind: MessageKind,
    about: models.Model | None = None,
    good_until: datetime | None = None,
    is_one_of_many: bool = False,
) -> Message:
    """Write a message in the caller's transaction: it lives and dies with the gesture, and leaves once that is kept.

    `about`: the row it speaks of. `good_until`: when what it opens closes; it is not sent after that.
    `is_one_of_many`: nobody waits for it; the sweep of the next minute takes it, rather than one message to the workers each.
    """
    now = timezone.now()
    message = Message.objects.create(
        recipient=to,
        subject=" ".join(subject.split())[:_LONGEST_SUBJECT],
        text=text,
        kind=kind,
        about=about._meta.label_lower if about is not None else "",
        about_id=about.pk if about is not None else None,
        good_until=good_until,
        created_at=now,
        next_attempt_at=now,
    )
    if not is_one_of_many:
        transaction.on_commit(partial(hand_over, message.pk), robust=True)
    return message


def hand_over(number: int) -> bool:
    """Give the number of a message to the workers; False when the broker does not answer, and the sweep will do it."""
    try:
        current_app.send_task(TASK, args=[number])
    except silence_of(current_app):
        logger.warning("message %s could not be sent to the broker", number)
        return False
    Message.objects.filter(pk=number).update(handed_at=timezone.now())
    return True


def try_again(messages: Iterable[Message]) -> int:
    """Put these messages back at the head of the queue, as new; how many. One that left, or is leaving, stays as it is."""
    now = timezone.now()
    again = 0
    for message in messages:
        free = (
            Message.objects.filter(pk=message.pk).exclude(state=MessageState.SENT).exclude(held_until__gt=now)
        )
        again += free.update(
            state=MessageState.WAITING, attempts=0, next_attempt_at=now, handed_at=None, settled_at=None
        )
        transaction.on_commit(partial(hand_over, message.pk), robust=True)
    return again


def drop(label: str, ids: Iterable[int]) -> int:
    """Forget what was said about these rows, which is no longer true: what has not left does not leave; how many.

    Of what has left, only that it left is kept, and for whom: an address is not written to again at once.
    """
    said = Message.objects.about(label, list(ids))
    said.filter(state=MessageState.SENT).update(about="", about_id=None, text="")
    return said.delete()[0]


def forget_waiting() -> int:
    """Let nothing that waits leave any more; how many. For a base that came back from the past: what they say may be false."""
    return Message.objects.filter(state=MessageState.WAITING).delete()[0]
