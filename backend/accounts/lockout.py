"""After ten wrong passwords or codes the door rests for a quarter of an hour, whoever knocks."""

from __future__ import annotations

from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from backend.accounts.allauth_seams import get_client_ip
from backend.accounts.models import User
from backend.core.values.numbers import half_up

_SALT = "backend.accounts.lockout"


def mark_of(address: str) -> str:
    """What the counter remembers of an address: enough to recognise it, not to read it."""
    return salted_hmac(_SALT, address.strip().lower(), algorithm="sha256").hexdigest()


def mark_of_typed_address(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str | None:
    """The mark of the address being tried, wherever the form put it; None when there is none."""
    named = credentials or {}
    typed = named.get("login") or named.get("email") or named.get("username") or request.POST.get("login")
    return mark_of(str(typed)) if typed else None


def client_address(request: HttpRequest) -> str | None:
    """Where the request comes from, our own proxies set aside; None when it came by no network."""
    return get_client_ip(request)


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: Any = None
) -> HttpResponse:
    """Say how long to wait, the same for a known and an unknown address."""
    minutes = half_up(settings.AXES_COOLOFF_TIME * 60, 0)
    return render(request, "web/errors/locked_out.html", {"minutes": minutes}, status=429)


def count_wrong_code(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """A wrong second factor counts like a wrong password, for the account and for the address."""
    user_login_failed.send(sender=__name__, credentials={"login": user.email}, request=request)


def forgive(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Signing in clears the account's own failures, and no one else's.

    Clearing those of the whole address would let somebody with one account try the passwords of
    others for ever, by signing in between two series.
    """
    AccessAttempt.objects.filter(username=mark_of(user.email)).delete()
