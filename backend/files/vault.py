"""Where bytes are kept: a storage of Django's, outside what the web server gives, under random names, sealed."""

from __future__ import annotations

import os
import uuid

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

_NONCE = 12


class Lost(Exception):
    """The bytes of a file are no longer there, or are not those that were kept."""


def storage() -> Storage:
    """The storage of private files (`STORAGES["default"]`): a folder of `DATA_DIR`, or another one by its settings."""
    return storages["default"]


def put(content: bytes) -> tuple[str, str]:
    """Seal and keep; where, and the key in hexadecimal, which the caller seals in its own row."""
    key, name = AESGCM.generate_key(256), uuid.uuid4().hex
    place = f"pieces/{name[:2]}/{name}"
    nonce = os.urandom(_NONCE)
    sealed = nonce + AESGCM(key).encrypt(nonce, content, place.encode())
    kept = storage().save(place, ContentFile(sealed))
    if kept != place:  # the name was taken: what is sealed is bound to its place
        storage().delete(kept)
        return put(content)
    return place, key.hex()


def get(place: str, key: str) -> bytes:
    """The bytes kept there; `Lost` when they are gone or changed."""
    try:
        with storage().open(place) as stream:
            sealed = stream.read()
        return AESGCM(bytes.fromhex(key)).decrypt(sealed[:_NONCE], sealed[_NONCE:], place.encode())
    except (OSError, ValueError, InvalidTag) as error:
        raise Lost(place) from error


def drop(place: str) -> None:
    """Forget the bytes; already gone is gone."""
    storage().delete(place)
