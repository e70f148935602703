"""Free text about people is written to disk encrypted: a stolen file tells nothing."""

from __future__ import annotations

import base64
import hashlib
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

_PREFIX = "v1"


class Undecipherable(Exception):
    """The stored text was not written with one of our keys, or was moved from another column."""


def field_keys() -> list[tuple[str, bytes]]:
    """Key id and AES-256 key of each secret, the writing key first, older ones still reading."""
    derived = [
        hashlib.sha256(b"passerelles-field|" + secret.encode()).digest() for secret in settings.FIELD_KEYS
    ]
    return [(hashlib.sha256(key).hexdigest()[:8], key) for key in derived]


def encrypt(text: str, *, context: str) -> str:
    """AES-256-GCM bound to `context` (table and column): « v1:key id:base64(nonce + cipher) »."""
    key_id, key = field_keys()[0]
    nonce = os.urandom(12)
    sealed = nonce + AESGCM(key).encrypt(nonce, text.encode(), context.encode())
    return f"{_PREFIX}:{key_id}:{base64.b64encode(sealed).decode()}"


def decrypt(stored: str, *, context: str) -> str:
    """Reverse of `encrypt`; `Undecipherable` when the key is unknown or the text was tampered with."""
    try:
        _, key_id, payload = stored.split(":", 2)
        sealed = base64.b64decode(payload, validate=True)
        key = dict(field_keys())[key_id]
        return AESGCM(key).decrypt(sealed[:12], sealed[12:], context.encode()).decode()
    except (ValueError, KeyError, InvalidTag) as error:
        raise Undecipherable(context) from error


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Text readable in Python and sealed in the database; it can be neither searched nor sorted."""

    @property
    def _context(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def get_prep_value(self, value: Any) -> Any:
        """Seal on the way in; an empty text stays empty, so that it can be counted."""
        if value in (None, ""):
            return value
        return encrypt(str(value), context=self._context)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Open on the way out."""
        if value in (None, ""):
            return value
        return decrypt(value, context=self._context)
