"""Links sent by e-mail that open one door, for one address, once.

The link carries a secret drawn at random. What is kept is its seal: a keyed digest of the secret
and of everything the invitation promises. A stolen base opens nothing, and a row whose address or
role was altered no longer fits the link that was sent.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from django.utils.crypto import constant_time_compare, salted_hmac

_SALT = "backend.accounts.invitations"


@dataclass(frozen=True)
class Ticket:
    """`secret` goes into the link and nowhere else; `seal` goes into the database."""

    secret: str = field(repr=False)
    seal: str


def draw(purpose: str, **promise: str | int | None) -> Ticket:
    """A new ticket for `purpose` (« team », « employer »…), bound to what it promises."""
    secret = secrets.token_urlsafe(32)
    return Ticket(secret=secret, seal=_seal(secret, purpose, promise))


def fits(secret: str, seal: str, purpose: str, **promise: str | int | None) -> bool:
    """Whether this secret opens what the row promises today; compares in constant time."""
    return constant_time_compare(_seal(secret, purpose, promise), seal)


def _seal(secret: str, purpose: str, promise: dict[str, str | int | None]) -> str:
    bound = "|".join(f"{name}={promise[name]}" for name in sorted(promise))
    return salted_hmac(_SALT, f"{purpose}|{secret}|{bound}", algorithm="sha256").hexdigest()
