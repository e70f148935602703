"""What an identity token must be before anything in it is believed (OpenID Connect Core 1.0, 3.1.3.7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import jwt
from django.utils.crypto import constant_time_compare

SIGNED_WITH = ("RS256", "ES256", "PS256")
"""Signatures by a key that the provider alone holds; never « none », never a secret that we hold too."""
DRIFT_SECONDS = 30
MUST_SAY = ("iss", "sub", "aud", "exp", "iat", "nonce")
SUBJECT_LENGTH = 191


class NotBelieved(Exception):
    """The token is not what the provider would have given, here and now, for this very request."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the provider says it is, and how they proved it to the provider."""

    subject: str
    levels: frozenset[str]


def identity_in(token: Any, *, keys: Any, issuer: str, client_id: str, nonce: str) -> Identity:
    """Whoever the token speaks of, all of it verified; `NotBelieved` otherwise, whatever is wrong."""
    try:
        claims = jwt.decode(
            token,
            key=_key_for(token, keys),
            algorithms=list(SIGNED_WITH),
            audience=client_id,
            issuer=issuer,
            leeway=DRIFT_SECONDS,
            options={"require": list(MUST_SAY)},
        )
        return _identity(claims, client_id=client_id, nonce=nonce)
    except (jwt.PyJWTError, TypeError, ValueError, LookupError, AttributeError) as error:
        raise NotBelieved(type(error).__name__) from error


def usable_keys(keys: Any) -> list[jwt.PyJWK]:
    """Those, of the keys that a provider publishes, that sign; `NotBelieved` when there is none."""
    try:
        return [each for each in jwt.PyJWKSet.from_dict(keys).keys if each.public_key_use in (None, "sig")]
    except (jwt.PyJWTError, TypeError, LookupError, AttributeError) as error:
        raise NotBelieved(type(error).__name__) from error


def _key_for(token: Any, keys: Any) -> Any:
    name = jwt.get_unverified_header(token).get("kid")
    known = usable_keys(keys)
    found = [each for each in known if each.key_id == name] if name else known
    if len(found) != 1:
        raise LookupError("kid")
    return found[0].key


def _identity(claims: dict[str, Any], *, client_id: str, nonce: str) -> Identity:
    audience = claims["aud"]
    if isinstance(audience, list) and len(audience) > 1 and claims.get("azp") != client_id:
        raise ValueError("azp")
    if not nonce or not constant_time_compare(str(claims["nonce"]), nonce):
        raise ValueError("nonce")
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= SUBJECT_LENGTH:
        raise ValueError("sub")
    said = claims.get("amr")
    methods = [each for each in said if isinstance(each, str)] if isinstance(said, list) else []
    return Identity(
        subject, frozenset([*methods, *([claims["acr"]] if isinstance(claims.get("acr"), str) else [])])
    )
