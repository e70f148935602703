"""Each wrong password or code after the third makes the next one wait longer; after ten the door rests a quarter of an hour.

A wait that grows costs a tired person some seconds and whoever guesses a night, before anybody else behind the same address is
kept out. It is read from the same counts as the rest, in the base, for the account and for the address.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac

from backend.accounts.allauth_seams import get_client_ip
from backend.accounts.models import User
from backend.core.values.numbers import half_up

FREE_TRIES = 3
"""How many may be wrong before the next one waits."""
LONGEST_WAIT_SECONDS = 300
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


def seconds_to_wait(request: HttpRequest, mark: str | None) -> int:
    """How long before another try is looked at, for this account and this address; 0 when it is at once. One question.

    The same for a known and an unknown address. Once the door rests, whoever keeps the count of ten says so instead.
    """
    address = client_address(request)
    since = timezone.now() - timedelta(hours=settings.AXES_COOLOFF_TIME)
    tries = AccessAttempt.objects.filter(Q(username=mark) | Q(ip_address=address), attempt_time__gte=since)
    rows = list(tries.values_list("username", "ip_address", "failures_since_start", "attempt_time"))
    of_the_account = [(times, at) for name, _, times, at in rows if mark and name == mark]
    of_the_address = [(times, at) for _, where, times, at in rows if address and where == address]
    return max(_wait(of_the_account), _wait(of_the_address))


def in_words(seconds: int) -> str:
    """« 20 secondes », « 3 minutes »."""
    if seconds <= 1:
        return "une seconde"
    if seconds < 60:
        return f"{seconds} secondes"
    minutes = -(-seconds // 60)
    return "une minute" if minutes == 1 else f"{minutes} minutes"


def too_soon(seconds: int) -> str:
    """What is said to whoever tries again before that."""
    return (
        f"Plusieurs essais n’ont pas abouti. Réessayez dans {in_words(seconds)} : plus tôt, même le bon n’est pas regardé, et ne "
        "compte pas."
    )


def _wait(tries: Iterable[tuple[int, datetime]]) -> int:
    found = list(tries)
    wrong = sum(times for times, _ in found)
    if not FREE_TRIES <= wrong < settings.AXES_FAILURE_LIMIT:
        return 0
    wait = min(settings.SIGN_IN_WAIT_SECONDS * 2 ** (wrong - FREE_TRIES), LONGEST_WAIT_SECONDS)
    now = timezone.now()
    # A try from later than now was made before the clock went back: it counts, and nobody waits for its hour to come.
    waited = min((now - at for _, at in found if at <= now), default=timedelta(seconds=wait))
    return max(0, -int(-(timedelta(seconds=wait) - waited).total_seconds() // 1))


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
