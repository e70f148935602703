"""A mark that only this installation can put: what carries it was written here, and not changed since."""

from __future__ import annotations

import hashlib
import hmac

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from backend.core.sealing.encryption import field_keys

_PREFIX = "s1"


def sign(content: bytes, *, purpose: str) -> str:
    """« s1:key id:HMAC-SHA-256 », under a key derived from the writing key of texts for this purpose alone."""
    key_id, key = field_keys()[0]
    return f"{_PREFIX}:{key_id}:{_mac(content, key, purpose)}"


def is_of_our_keys(signature: str) -> bool:
    """Whether one of our keys, older ones included, could have put this mark."""
    return signature.startswith(f"{_PREFIX}:") and signature.split(":")[1] in dict(field_keys())


def is_ours(content: bytes, signature: str, *, purpose: str) -> bool:
    """Whether this installation signed exactly this, for this purpose; compares in constant time."""
    if not is_of_our_keys(signature):
        return False
    _, key_id, mac = (*signature.split(":", 2), "")[:3]
    return hmac.compare_digest(_mac(content, dict(field_keys())[key_id], purpose).encode(), mac.encode())


def _mac(content: bytes, key: bytes, purpose: str) -> str:
    derived = HKDF(hashes.SHA256(), 32, salt=None, info=f"sign|v1|{purpose}".encode()).derive(key)
    return hmac.new(derived, content, hashlib.sha256).hexdigest()
