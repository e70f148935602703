"""How long a session lives: an hour without a word, twelve hours in all."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from backend.accounts.browsers.devices import device_in_words
from backend.core.values.numbers import minutes_in_words

OPENED_AT, SEEN_AT, DEVICE = "opened_at", "seen_at", "device"
NOTICE_EVERY_SECONDS = 60
"""The session is written at most once a minute, so that reading pages stays light."""


def opened_at(request: HttpRequest) -> float | None:
    """When the session was opened, in seconds since the epoch; None before its first page."""
    moment: float | None = request.session.get(OPENED_AT)
    return moment


class SessionLimitsMiddleware:
    """Ends sessions that are too old or were left alone; the next page asks to sign in again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Check before the page, stamp before and after: signing in happens inside the page."""
        if request.user.is_authenticated:
            _check(request)
        response = self.get_response(request)
        if request.user.is_authenticated:
            _stamp(request)
        return response


def _check(request: HttpRequest) -> None:
    reason = _why_closed(request) or _why_ended(request, time.time())
    if reason:
        logout(request)
        messages.info(request, reason)
        return
    _stamp(request)


def _why_closed(request: HttpRequest) -> str:
    """A session older than the account allows was closed from elsewhere, when its second factor was reset."""
    valid_from = request.user.sessions_valid_from  # type: ignore[union-attr]
    started = opened_at(request)
    if valid_from is None or started is None or started >= valid_from.timestamp():
        return ""
    return "Votre second facteur a été réinitialisé : vos sessions sont fermées. Connectez-vous à nouveau."


def _why_ended(request: HttpRequest, now: float) -> str:
    session = request.session
    if now - session.get(OPENED_AT, now) >= settings.SESSION_COOKIE_AGE:
        lasted = minutes_in_words(settings.SESSION_COOKIE_AGE // 60)
        return f"Votre session a duré {lasted} : elle est terminée. Connectez-vous à nouveau."
    if now - session.get(SEEN_AT, now) >= settings.SESSION_IDLE_SECONDS:
        idle = minutes_in_words(settings.SESSION_IDLE_SECONDS // 60)
        return f"Votre session s’est fermée après {idle} sans activité. Connectez-vous à nouveau."
    return ""


def _stamp(request: HttpRequest) -> None:
    now, session = time.time(), request.session
    session.setdefault(OPENED_AT, now)
    if not 0 <= now - session.get(SEEN_AT, 0) < NOTICE_EVERY_SECONDS:  # below when the clock went back
        session[SEEN_AT] = now
        session[DEVICE] = device_in_words(request.headers.get("User-Agent", ""))
