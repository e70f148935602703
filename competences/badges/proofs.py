"""Signing a document so that a stranger may verify it without us, and reading one that somebody brings.

Verifiable Credentials 2.0, Data Integrity, cryptosuite `eddsa-rdfc-2022`. The library holds the contexts it reads: nothing is
fetched. It is loaded by the first who signs or verifies: a worker starts without it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

STATES_IN_A_LIST = 131_072
"""The smallest list that the recommendation allows: one badge is lost among many."""
MAX_BYTES = 64 * 1024
"""Ten times a badge of ours."""
STATES_HOLD_FOR = timedelta(days=1)
"""How long a copy of a list may be trusted."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A new key, both halves as PEM."""

    secret: str
    public: str


def new_pair() -> Pair:
    """An Ed25519 key drawn here."""
    drawn = Ed25519PrivateKey.generate()
    secret = drawn.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = drawn.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return Pair(secret.decode(), public.decode())


def multikey(public: str) -> str:
    """The public half, as the recommendation writes it."""
    from openbadgeslib.ob3 import multikey_from_pem

    return str(multikey_from_pem(public))


def sign(
    document: Mapping[str, Any],
    *,
    secret: str,
    method: str,
    at: datetime,
    contexts: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The same document with its proof. `method` is the address of the public half; `contexts` adds to those held."""
    from openbadgeslib.ob3 import add_data_integrity_proof

    return dict(add_data_integrity_proof(dict(document), secret, method, created=at, extra_contexts=contexts))


class NotABadge(Exception):
    """What was brought is no badge that can be read."""


class Altered(Exception):
    """A badge that its key did not sign as it stands, or that was never signed by it."""


def method_of(content: bytes) -> str:
    """Which key a badge says it was signed with; `NotABadge` for anything else than a badge. Nothing is believed yet."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise NotABadge from error
    proof = document.get("proof") if isinstance(document, dict) else None
    proof = proof[0] if isinstance(proof, list) and len(proof) == 1 else proof
    method = proof.get("verificationMethod") if isinstance(proof, dict) else None
    if not isinstance(method, str):
        raise NotABadge
    return method


def verify(content: bytes, *, public: str) -> dict[str, Any]:
    """The badge, when this key signed exactly this and its form is the one that was signed; `Altered` otherwise.

    Hostile documents are bounded by the library: their size, their depth, the work that their graph asks.
    """
    from openbadgeslib.ob3 import OB3LdpVerifier, OB3VerificationError

    try:
        OB3LdpVerifier(public).verify(content)
    except OB3VerificationError as error:
        raise Altered from error
    read: dict[str, Any] = json.loads(content)
    return read


def list_of_states(issuer: str, address: str, *, withdrawn: Collection[int], at: datetime) -> dict[str, Any]:
    """What an address of states says, not signed yet: one bit a badge, nothing else."""
    from openbadgeslib.ob3 import build_status_list_credential

    return dict(
        build_status_list_credential(
            issuer,
            address,
            "revocation",
            sorted(withdrawn),
            STATES_IN_A_LIST,
            issued=at,
            valid_until=at + STATES_HOLD_FOR,
        )
    )
