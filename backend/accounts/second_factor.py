"""The second factor: each code serves once, and a session says whether it was proved."""

from __future__ import annotations

from datetime import datetime

from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.db import transaction
from django.http import HttpRequest

from backend.accounts.models import User
from backend.accounts.sessions import opened_at

_SPENT = "last_counter"


def spend(authenticator: Authenticator, code: str) -> bool:
    """Use up a code that was found right; False when it, or a later one, has already served.

    The mark is kept in the database, where every worker sees it (RFC 6238, section 5.2).
    """
    with transaction.atomic():
        locked = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
        secret = decrypt(locked.data["secret"])
        counter = _counter_of(secret, code, after=locked.data.get(_SPENT, -1))
        if counter is None:
            return False
        locked.data[_SPENT] = counter
        locked.save(update_fields=["data"])
        return True


def _counter_of(secret: str, code: str, *, after: int) -> int | None:
    fresh = (counter for counter in yield_hotp_counters_from_time() if counter > after)
    return next(
        (
            counter
            for counter in fresh
            if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, counter)))
        ),
        None,
    )


def next_code(secret: str, *, after: int = -1) -> str:
    """The code an application would show now, or the next one when it has already served."""
    counters = list(yield_hotp_counters_from_time())
    now = counters[len(counters) // 2]
    return format_hotp_value(hotp_value(secret, min(max(now, after + 1), counters[-1])))


def current_code(user: User) -> str:
    """The code of this account's application: for the demonstration and for tests, never elsewhere."""
    authenticator = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    return next_code(decrypt(authenticator.data["secret"]), after=authenticator.data.get(_SPENT, -1))


def activated_at(user_id: int | None) -> datetime | None:
    """When the account's application of codes was set up; None when it was not."""
    return (
        Authenticator.objects.filter(user_id=user_id or 0, type=Authenticator.Type.TOTP)
        .values_list("created_at", flat=True)
        .first()
    )


def is_proved(request: HttpRequest, activated: datetime) -> bool:
    """Whether this session went through the second factor.

    A session opened since the activation did, or it would not exist: sign-in asks for it. One opened
    before must have set it up itself, or is an older session left open somewhere.
    """
    if any(proof["method"] == "mfa" for proof in get_authentication_records(request, request.user)):
        return True
    started = opened_at(request)
    return started is None or started >= activated.timestamp()
