"""Where we lean on parts of allauth that it does not promise to keep: here, and nowhere else.

Each name below has a test that says what we rely on; when a new version of allauth breaks one, one file changes.
"""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.core.internal.cryptokit import compare_user_code
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.http import HttpRequest

__all__ = ["get_client_ip", "matches", "proofs_of", "prove", "set_up_application", "shown_at", "windows_now"]

SECOND_FACTOR = "mfa"


def proofs_of(request: HttpRequest) -> list[dict[str, Any]]:
    """What the person of this session proved, oldest first: `method`, and `at` in seconds since the epoch."""
    records: list[dict[str, Any]] = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    return records


def prove(request: HttpRequest, authenticator: Authenticator) -> None:
    """Write down that this session proved its second factor, now."""
    record_authentication(
        request,
        request.user,  # type: ignore[arg-type]
        SECOND_FACTOR,
        id=authenticator.pk,
        type=authenticator.type,
    )


def windows_now() -> list[int]:
    """Numbers of the periods of thirty seconds whose codes are accepted now, oldest first (RFC 6238)."""
    return list(yield_hotp_counters_from_time())


def shown_at(secret: str, window: int) -> str:
    """The six figures an application shows in that period (RFC 4226)."""
    return str(format_hotp_value(hotp_value(secret, window)))


def matches(typed: str, expected: str) -> bool:
    """Whether a typed code is the expected one, spaces aside; compares in constant time."""
    return bool(compare_user_code(actual=typed, expected=expected))


def set_up_application(user: Any) -> Authenticator:
    """An application of codes set up without a screen: for the demonstration and for tests."""
    authenticator: Authenticator = TOTP.activate(user, generate_totp_secret()).instance
    return authenticator
