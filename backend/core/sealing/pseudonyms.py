"""A name for a profile that means something to one employer only, for one year; a mark that means something here only."""

from __future__ import annotations

import base64
import hashlib
import hmac
from functools import lru_cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def pseudonym(*, employer_id: int, beneficiary_id: int, year: int) -> str:
    """« A7F3-9K2Q »: the same person has another one for another employer, and another next year.

    HMAC-SHA-256 under a key derived per employer and year from a master key kept outside the database.
    Pseudonymised data stay personal data (RGPD, art. 4.5).
    """
    info = f"profile|v1|{employer_id}|{year}".encode()
    key = HKDF(hashes.SHA256(), 32, salt=None, info=info).derive(settings.PSEUDONYM_KEY.encode())
    digest = hmac.new(key, str(beneficiary_id).encode(), hashlib.sha256).digest()
    letters = base64.b32encode(digest[:5]).decode()
    return f"{letters[:4]}-{letters[4:]}"


def mark(said: str, *, purpose: str) -> str:
    """What tells one value from another, sixteen letters long; nobody without our master key may try values against it."""
    return hmac.digest(_key_of_marks(settings.PSEUDONYM_KEY, purpose), said.encode(), "sha256").hex()[:16]


@lru_cache(maxsize=4)
def _key_of_marks(master: str, purpose: str) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=f"mark|v1|{purpose}".encode()).derive(master.encode())


def reference(*, employer_id: int, kind: str, row_id: int) -> int:
    """A number for a row that this employer alone knows it by, at most 2⁵³ so that JSON keeps it whole.

    Same manner as the pseudonym, without a year: an address kept by a tool goes on leading to its row.
    """
    info = f"reference|v1|{employer_id}|{kind}".encode()
    key = HKDF(hashes.SHA256(), 32, salt=None, info=info).derive(settings.PSEUDONYM_KEY.encode())
    digest = hmac.new(key, str(row_id).encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:7], "big") >> 3
