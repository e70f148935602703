"""Try the mail server for real, step by step, and say in words what it answered."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend

from backend.core.errors import DomainError
from backend.core.values.system_refusals import why

SUBJECT = "Passerelles : essai d’envoi"
BODY = "Ce message vérifie que Passerelles peut envoyer ses invitations. Il n’attend pas de réponse."
_MASK = "•••"


def try_mail(address: str, *, tell: Callable[[str], None]) -> str:
    """Send one message to `address`; the server's last answer, or `DomainError` with what to look at."""
    backend = get_connection()
    if not isinstance(backend, EmailBackend):
        raise DomainError(
            "no_mail_server",
            "Aucun serveur de courrier n’est réglé : les messages s’affichent là où le service tourne. Donnez EMAIL_URL.",
        )
    tell(_what_is_tried(backend, address))
    try:
        backend.open()
        return _send(backend.connection, address)
    except (smtplib.SMTPException, OSError) as error:
        raise DomainError("mail_refused", _hidden(_why(error, backend), backend)) from error
    finally:
        backend.close()


def _what_is_tried(backend: EmailBackend, address: str) -> str:
    sealed = {
        (True, False): "chiffré dès l’ouverture",
        (False, True): "chiffré après l’ouverture (STARTTLS)",
    }.get((bool(backend.use_ssl), bool(backend.use_tls)), "en clair")
    account = f"avec le compte {backend.username}" if backend.username else "sans compte"
    return (
        f"Essai : {backend.host}, port {backend.port}, {sealed}, {account}, délai {backend.timeout or '∞'} s.\n"
        f"De {settings.DEFAULT_FROM_EMAIL} à {address}."
    )


def _send(server: Any, address: str) -> str:
    """One message by hand, to read the answer that `sendmail` throws away."""
    message = EmailMessage(SUBJECT, BODY, settings.DEFAULT_FROM_EMAIL, [address]).message()
    server.ehlo_or_helo_if_needed()
    for step in (
        lambda: server.mail(parseaddr(settings.DEFAULT_FROM_EMAIL)[1]),
        lambda: server.rcpt(address),
        lambda: server.data(message.as_bytes(linesep="\r\n")),  # type: ignore[call-arg]  # Django's own argument
    ):
        code, answer = step()
        if not 200 <= code < 300:
            raise smtplib.SMTPResponseException(code, answer)
    return _answer(code, answer)


def _why(error: Exception, backend: EmailBackend) -> str:
    """What happened and what to look at, from the most precise to the least."""
    where = f"{backend.host}, port {backend.port}"
    silent = isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)
    if silent:
        return f"{where} n’a pas répondu en {backend.timeout} s. Vérifiez le port, le chiffrement demandé et le pare-feu."
    match error:
        case smtplib.SMTPAuthenticationError():
            said = _answer(error.smtp_code, error.smtp_error)
            return f"Le serveur refuse le compte ou le mot de passe : {said}. Vérifiez EMAIL_URL."
        case smtplib.SMTPResponseException():
            return f"Le serveur a répondu non : {_answer(error.smtp_code, error.smtp_error)}."
        case smtplib.SMTPNotSupportedError():
            return "Le serveur ne propose pas ce qu’EMAIL_URL demande (STARTTLS, ou un compte). Essayez un autre début d’adresse."
        case smtplib.SMTPServerDisconnected():
            return f"{where} a raccroché sans répondre. Le chiffrement demandé est-il celui de ce port ?"
        case ssl.SSLError():
            return f"{where} : le chiffrement n’a pas pu s’établir ({error.reason or 'certificat'}). Vérifiez le port et le nom du serveur."
        case socket.gaierror():
            return f"Le nom « {backend.host} » ne mène à aucun serveur. Vérifiez EMAIL_URL."
        case ConnectionRefusedError():
            return f"Rien n’écoute sur {where}. Vérifiez le port."
        case _:
            return f"{where} ne se joint pas ({why(error)})." if isinstance(error, OSError) else str(error)


def _answer(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(text.split())}"


def _hidden(text: str, backend: EmailBackend) -> str:
    """The same text without the password, should a server repeat it."""
    return text.replace(backend.password, _MASK) if backend.password else text
