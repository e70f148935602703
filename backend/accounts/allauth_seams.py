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
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.socialaccount.internal.flows.connect import disconnect
from allauth.socialaccount.models import SocialAccount
from django.http import HttpRequest
from fido2.utils import websafe_decode
from fido2.webauthn import AuthenticationResponse, CollectedClientData

from backend.accounts.keys import sealed

__all__ = [
    "get_client_ip",
    "matches",
    "origin_of",
    "proofs_of",
    "prove",
    "prove_by_provider",
    "question_of_a_new_key",
    "question_of_known_keys",
    "set_up_application",
    "shown_at",
    "sign_count_of",
    "unlink",
    "windows_now",
]

SECOND_FACTOR, BY_PROVIDER = "mfa", "provider"
SECOND_STEP = "allauth.mfa.stages.AuthenticateStage"
"""The step of signing in that asks the second factor, as the library names it."""


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


def prove_by_provider(request: HttpRequest, user: Any, link: SocialAccount) -> None:
    """Write down that a provider we believe verified two factors, for this link."""
    record_authentication(request, user, SECOND_FACTOR, id=link.pk, type=BY_PROVIDER)


def unlink(request: HttpRequest, link: SocialAccount) -> None:
    """The provider no longer opens this account: told to whoever holds it."""
    disconnect(request, link)


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


class SealedKey(webauthn.WebAuthn):
    """A key as the library handles it, as we keep it: name and credential sealed for their account."""

    is_passwordless = False

    @classmethod
    def add(cls, user: Any, name: str, credential: dict[str, Any]) -> SealedKey:
        """One more key of this account."""
        data = {"name": sealed.seal(user.pk, name), "credential": sealed.seal(user.pk, credential)}
        return cls(Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data))

    @property
    def name(self) -> str:
        """What the person calls it."""
        return str(sealed.opened(self.instance.user_id, self.instance.data["name"]))

    @name.setter
    def name(self, name: str) -> None:
        self.instance.data["name"] = sealed.seal(self.instance.user_id, name)

    @property
    def authenticator_data(self) -> Any:
        """Its public half, and what was said of it when it was added."""
        credential = sealed.opened(self.instance.user_id, self.instance.data["credential"])
        return webauthn.parse_registration_response(credential).response.attestation_object.auth_data


# The library knows one way to keep a key, and looks it up by this name, when it adds one and when it reads one.
webauthn.WebAuthn = SealedKey


def question_of_a_new_key(user: Any) -> dict[str, Any]:
    """What the browser asks of a key that is added; the session remembers the question, the answer uses it up."""
    options: dict[str, Any] = webauthn.begin_registration(user, passwordless=False)
    return options


def question_of_known_keys(user: Any) -> dict[str, Any]:
    """What the browser asks of one of this account's keys; the session remembers the question, the answer uses it up."""
    options: dict[str, Any] = webauthn.begin_authentication(user)
    return options


def origin_of(answer: dict[str, Any]) -> str:
    """The address that the browser was on, as it told the key; whatever is wrong in the answer is raised."""
    return str(CollectedClientData(websafe_decode(answer["response"]["clientDataJSON"])).origin)


def sign_count_of(answer: dict[str, Any]) -> int:
    """How many times the key says it has signed; 0 for those that do not count."""
    return int(AuthenticationResponse.from_dict(answer).response.authenticator_data.counter)
