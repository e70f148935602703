"""Take one message to the mail server, and say in one word what stopped it."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parseaddr

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string

from backend.core.sealing.encryption import Undecipherable, Unread
from backend.mail.enums import Trouble
from backend.mail.models import Message


@dataclass(frozen=True, slots=True)
class Stopped:
    """What stopped a message; `for_good` when trying again would be answered the same."""

    trouble: Trouble
    for_good: bool = False


def mail_leaves() -> bool:
    """Whether messages are sent to somebody; False when they are only shown where the service was started."""
    return not settings.EMAIL_BACKEND.startswith("django.core.mail.backends.console")


def send(message: Message) -> Stopped | None:
    """Send it; None when the server took it.

    The connection is closed apart: a server that takes a message then forgets to say goodbye has taken it.
    """
    try:
        mail, connection = _as_mail(message), get_connection()
        try:
            connection.open()
            connection.send_messages([mail])
        finally:
            with suppress(Exception):
                connection.close()
    except Exception as error:  # noqa: BLE001 (whatever happens, the row says it)
        return what_stopped(error)
    return None


def _as_mail(message: Message) -> EmailMultiAlternatives:
    """The same words as text and as simple HTML: no image, no style from elsewhere, nothing that tells who opened it."""
    if isinstance(message.text, Unread):
        raise Undecipherable("mail_message.text")
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    headers = {"Message-ID": f"<{message.uid.hex}@{domain}>", "Auto-Submitted": "auto-generated"}
    mail = EmailMultiAlternatives(message.subject, message.text, None, [message.recipient], headers=headers)
    if mail_leaves():  # a console shows the words once
        page = {"subject": message.subject, "text": message.text.strip()}
        mail.attach_alternative(render_to_string("mail/letter.html", page), "text/html")
    return mail


def what_stopped(error: Exception) -> Stopped:
    """The class of a failure. A refusal is for good when the address or the message is refused (5xx, RFC 5321, 4.2.1).

    What is refused to the installation itself (its account, its sender) is tried again: somebody will set it right,
    and the address has done nothing wrong.
    """
    match error:
        case smtplib.SMTPRecipientsRefused():
            code = next(iter(error.recipients.values()), (0, b""))[0]
            return Stopped(Trouble.ADDRESS, for_good=True) if code >= 500 else Stopped(Trouble.LATER)
        case smtplib.SMTPDataError():
            return (
                Stopped(Trouble.CONTENT, for_good=True) if error.smtp_code >= 500 else Stopped(Trouble.LATER)
            )
        case smtplib.SMTPAuthenticationError():
            return Stopped(Trouble.OUR_ACCOUNT)
        case smtplib.SMTPSenderRefused():
            return Stopped(Trouble.OUR_SENDER if error.smtp_code >= 500 else Trouble.LATER)
        case smtplib.SMTPNotSupportedError():
            return Stopped(Trouble.NOT_OFFERED)
        case Undecipherable():
            return Stopped(Trouble.UNREADABLE, for_good=True)
        case ssl.SSLError():
            return Stopped(Trouble.NOT_SEALED)
        case ValueError():
            return Stopped(
                Trouble.ADDRESS, for_good=True
            )  # an address or a subject that no message can carry
        case _:
            return Stopped(_on_the_way(error))


def _on_the_way(error: Exception) -> Trouble:
    """What happened to a conversation that was not refused."""
    silent = (TimeoutError, SoftTimeLimitExceeded)
    if isinstance(error, silent) or isinstance(error.__context__, silent):
        return Trouble.SILENT
    match error:
        case smtplib.SMTPServerDisconnected() | ConnectionResetError() | BrokenPipeError():
            return Trouble.HUNG_UP
        case smtplib.SMTPException():
            return Trouble.ANSWERED_NO
        case OSError():
            return Trouble.UNREACHABLE
        case _:
            return Trouble.UNEXPECTED
