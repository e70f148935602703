"""A name for a profile that means something to one employer only, for one year."""

from __future__ import annotations

import base64
import hashlib
import hmac

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
