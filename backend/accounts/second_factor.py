"""The second factor: each code serves once, and a session says whether it was proved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.db import transaction
from django.http import HttpRequest

from backend.accounts.allauth_seams import (
    SECOND_FACTOR,
    matches,
    proofs_of,
    shown_at,
    windows_now,
)
from backend.accounts.models import User
from backend.core.actor import Actor
from backend.core.pages.keepers import SessionGap

_SPENT = "last_counter"


def spend(authenticator: Authenticator, code: str) -> bool:
    """Use up a code that was found right; False when it, or a later one, has already served.

    The mark is kept in the database, where every worker sees it (RFC 6238, section 5.2).
    """
    with transaction.atomic():
        locked = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
        secret = decrypt(locked.data["secret"])
        window = _window_of(secret, code, after=locked.data.get(_SPENT, -1))
        if window is None:
            return False
        locked.data[_SPENT] = window
        locked.save(update_fields=["data"])
        return True


def _window_of(secret: str, code: str, *, after: int) -> int | None:
    fresh = (window for window in windows_now() if window > after)
    return next((window for window in fresh if matches(code, shown_at(secret, window))), None)


def next_code(secret: str, *, after: int = -1) -> str:
    """The code an application would show now, or the next one when it has already served."""
    windows = windows_now()
    now = windows[len(windows) // 2]
    return shown_at(secret, min(max(now, after + 1), windows[-1]))


def current_code(user: User) -> str:
    """The code of this account's application: for the demonstration and for tests, never elsewhere."""
    authenticator = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    return next_code(decrypt(authenticator.data["secret"]), after=authenticator.data.get(_SPENT, -1))


def activated_at(user: Any) -> datetime | None:
    """When the account's application of codes was set up; None when it was not."""
    return (
        Authenticator.objects.filter(user_id=user.pk or 0, type=Authenticator.Type.TOTP)
        .values_list("created_at", flat=True)
        .first()
    )


def is_set_up(user: Any) -> bool:
    """Whether the account has its application of codes."""
    return activated_at(user) is not None


def accounts_with_one(user_ids: Iterable[int]) -> set[int]:
    """Which of these accounts have their application of codes, in one question."""
    applications = Authenticator.objects.filter(user_id__in=set(user_ids), type=Authenticator.Type.TOTP)
    return set(applications.values_list("user_id", flat=True))


def gap_of(request: HttpRequest, actor: Actor | None) -> SessionGap | None:
    """What this session still has to prove before anything opens; None when it is complete.

    A proof counts when this very session gave it, since the present application was set up: a session opened
    before, or one that proved a factor replaced since, inherits nothing.
    """
    activated = activated_at(request.user)
    if activated is None:
        needs_one = actor is not None and actor.is_professional
        return SessionGap.SECOND_FACTOR_MISSING if needs_one else None
    proved = any(
        proof["method"] == SECOND_FACTOR and proof["at"] >= activated.timestamp()
        for proof in proofs_of(request)
    )
    return None if proved else SessionGap.SECOND_FACTOR_NOT_PROVED
