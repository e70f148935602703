"""Free text about people is written to disk encrypted: a stolen file tells nothing."""

from __future__ import annotations

import base64
import hashlib
import os
from typing import Any, Self

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


def is_sealed(stored: str) -> bool:
    """Whether a text looks like one of those `encrypt` gives."""
    return stored.startswith(f"{_PREFIX}:") and stored.count(":") == 2


def has_newest_key(stored: str) -> bool:
    """Whether a sealed text carries the key that writes today."""
    return stored.startswith(f"{_PREFIX}:{field_keys()[0][0]}:")


UNREADABLE = (
    "Ce texte ne peut plus être lu : il a été chiffré avec une clé que le service n’a plus. Prévenez l’exploitation ; "
    "si la clé est retrouvée, il redeviendra lisible."
)
"""What stands, wherever a sealed text is shown, for one that none of our keys opens."""


class Unread(str):
    """The sentence shown in the place of a sealed text; `sealed` is the text as stored, and is what is written back."""

    __slots__ = ("sealed",)
    sealed: str

    def __new__(cls, sealed: str) -> Self:
        """The same words for every text."""
        made = super().__new__(cls, UNREADABLE)
        made.sealed = sealed
        return made

    def strip(self, chars: str | None = None, /) -> Self:  # type: ignore[override]
        """Itself: whoever tidies a text before it is saved does not lose it."""
        return self


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Text readable in Python and sealed in the database; it can be neither searched nor sorted.

    One that no key opens is read as a sentence that says so, and is left as it is by whoever saves its row.
    """

    @property
    def context(self) -> str:
        """What its texts are bound to: they open nowhere else."""
        return f"{self.model._meta.db_table}.{self.column}"

    def get_prep_value(self, value: Any) -> Any:
        """Seal on the way in; an empty text stays empty, so that it can be counted."""
        if value in (None, ""):
            return value
        if isinstance(value, Unread):
            return value.sealed
        return encrypt(str(value), context=self.context)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Open on the way out."""
        if value in (None, ""):
            return value
        try:
            return decrypt(value, context=self.context)
        except Undecipherable:
            return Unread(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """A form that showed the sentence sends it back: the text it stands for is not replaced by it."""
        value = super().pre_save(model_instance, add)
        if add or value != UNREADABLE or isinstance(value, Unread):
            return value
        stored = (
            self.model._base_manager.filter(pk=model_instance.pk).values_list(self.attname, flat=True).first()
        )
        return stored if isinstance(stored, Unread) else value
