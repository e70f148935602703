"""The mail that gestures asked for, delivered here and now by the same code as the workers'."""

from __future__ import annotations

from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone

from backend.mail.delivery import deliver
from backend.mail.models import Message


def letters() -> list[EmailMessage]:
    """Deliver what is due, then everything that ever left during this test, oldest first."""
    for number in Message.objects.due(timezone.now()).values_list("pk", flat=True):
        deliver(number)
    return mail.outbox
