"""The second factor: each code serves once, and a session says whether it was proved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from backend.accounts import allauth_seams as seams
from backend.accounts.allauth_seams import (
    SECOND_FACTOR,
    matches,
    proofs_of,
    prove,
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


PROVING = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What is a second factor by itself; recovery codes only stand in for one that is missing."""


def kinds_of(user: Any) -> set[str]:
    """Which second factors the account has: its application of codes, its keys."""
    found = Authenticator.objects.filter(user_id=user.pk or 0, type__in=PROVING)
    return set(found.values_list("type", flat=True))


def is_set_up(user: Any) -> bool:
    """Whether the account has a second factor: an application of codes, or a key."""
    return bool(_standing(user))


def accounts_with_one(user_ids: Iterable[int]) -> set[int]:
    """Which of these accounts have a second factor, in one question."""
    found = Authenticator.objects.filter(user_id__in=set(user_ids), type__in=PROVING)
    return set(found.values_list("user_id", flat=True))


def is_the_last(factor: Authenticator) -> bool:
    """Whether its account would have no second factor without it."""
    others = Authenticator.objects.filter(user_id=factor.user_id, type__in=PROVING)
    return not others.exclude(pk=factor.pk).exists()


def may_be_removed(actor: Actor | None, factor: Authenticator) -> bool:
    """Never the last one, but that of somebody who needs none: a person in pathway."""
    needs_none = actor is not None and not actor.is_professional
    return needs_none or not is_the_last(factor)


def stay_proved(request: HttpRequest) -> None:
    """This session has just removed a factor, having proved who it is: it goes on with another one, if one is left.

    The others, that the removed one had opened, end at their next page.
    """
    left = Authenticator.objects.filter(user_id=request.user.pk, type__in=PROVING).order_by("pk").first()
    if left is not None:
        prove(request, left)


def _standing(user: Any) -> dict[int, datetime]:
    """The second factors of the account, and when each was set up."""
    found = Authenticator.objects.filter(user_id=user.pk or 0, type__in=PROVING)
    return dict(found.values_list("pk", "created_at"))


def gap_of(request: HttpRequest, actor: Actor | None) -> SessionGap | None:
    """What this session still has to prove before anything opens; None when it is complete.

    A proof counts when this very session gave it, by a factor that still stands (or by a recovery code, while one did):
    a session opened before, or one that proved a factor removed since, inherits nothing.
    """
    standing = _standing(request.user)
    if any(_still_holds(proof, standing, request.user) for proof in proofs_of(request)):
        return None
    if standing:
        return SessionGap.SECOND_FACTOR_NOT_PROVED
    needs_one = actor is not None and actor.is_professional
    return SessionGap.SECOND_FACTOR_MISSING if needs_one else None


def _still_holds(proof: dict[str, Any], standing: dict[int, datetime], user: Any) -> bool:
    if proof["method"] != SECOND_FACTOR:
        return False
    match proof.get("type"):
        case seams.BY_PROVIDER:
            return _is_believed(user, proof.get("id"))
        case Authenticator.Type.RECOVERY_CODES:
            since = min(standing.values(), default=None)
        case _:
            since = standing.get(proof.get("id", 0))
    return since is not None and bool(proof["at"] >= since.timestamp())


def _is_believed(user: Any, link_id: Any) -> bool:
    """Whether the provider still answers for two factors here, by a link that its holder did not undo."""
    told = settings.IDENTITY_PROVIDER
    if told is None or not told.two_factors:
        return False
    return SocialAccount.objects.filter(pk=link_id, user_id=user.pk).exists()
