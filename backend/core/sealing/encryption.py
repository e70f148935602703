"""Free text about people is written to disk encrypted: a stolen file tells nothing."""

from __future__ import annotations

import base64
import hashlib
import os
from functools import lru_cache
from typing import Any, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import FieldError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models.lookups import Exact, IsNull
from django.db.models.query_utils import DeferredAttribute

_PREFIX, _OF_A_ROW = "v1", "v2"
"""What is bound to its table and column alone, and what is bound to its row too."""


class Undecipherable(Exception):
    """The stored text was not written with one of our keys, or was moved from another column or row."""


def field_keys() -> list[tuple[str, bytes]]:
    """Key id and AES-256 key of each secret, the writing key first, older ones still reading."""
    derived = [
        hashlib.sha256(b"passerelles-field|" + secret.encode()).digest() for secret in settings.FIELD_KEYS
    ]
    return [(hashlib.sha256(key).hexdigest()[:8], key) for key in derived]


@lru_cache(maxsize=4)
def _ciphers(secrets: tuple[str, ...]) -> dict[str, AESGCM]:
    """One per key, made once: a page of figures opens thousands of codes."""
    return {key_id: AESGCM(key) for key_id, key in field_keys()}


def encrypt(text: str, *, context: str, row: str = "") -> str:
    """AES-256-GCM bound to `context` (table and column) and to the key of its row when there is one already.

    « v1:key id:base64(nonce + cipher) », « v2:… » when a row is said: its key is sealed before the text.
    """
    key_id, cipher = next(iter(_ciphers(tuple(settings.FIELD_KEYS)).items()))
    nonce = os.urandom(12)
    said = f"{row}\n{text}" if row else text
    prefix = _OF_A_ROW if row else _PREFIX
    bound = f"{context}|row" if row else context
    sealed = nonce + cipher.encrypt(nonce, said.encode(), bound.encode())
    return f"{prefix}:{key_id}:{base64.b64encode(sealed).decode()}"


def decrypt(stored: str, *, context: str) -> str:
    """Reverse of `encrypt`, whatever the row; `Undecipherable` when the key is unknown or the text was tampered with."""
    return opened(stored, context=context)[1]


def opened(stored: str, *, context: str) -> tuple[str, str]:
    """The key of the row it was sealed for, empty when it was bound to none, then the text."""
    try:
        prefix, key_id, payload = stored.split(":", 2)
        sealed = base64.b64decode(payload, validate=True)
        cipher = _ciphers(tuple(settings.FIELD_KEYS))[key_id]
        bound = f"{context}|row" if prefix == _OF_A_ROW else context
        said = cipher.decrypt(sealed[:12], sealed[12:], bound.encode()).decode()
    except (ValueError, KeyError, InvalidTag) as error:
        raise Undecipherable(context) from error
    if prefix != _OF_A_ROW:
        return "", said
    row, _, text = said.partition("\n")
    return row, text


def is_sealed(stored: str) -> bool:
    """Whether a text looks like one of those `encrypt` gives."""
    return stored.startswith((f"{_PREFIX}:", f"{_OF_A_ROW}:")) and stored.count(":") == 2


def is_of_a_row(stored: str) -> bool:
    """Whether a sealed text is bound to its row."""
    return stored.startswith(f"{_OF_A_ROW}:")


def has_newest_key(stored: str) -> bool:
    """Whether a sealed text carries the key that writes today."""
    return stored.split(":", 2)[1:2] == [field_keys()[0][0]]


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


class Opened(str):
    """A text just read, with the row it was sealed for: the row that receives it looks whether it is that one."""

    __slots__ = ("row", "sealed")
    row: str
    sealed: str

    def __new__(cls, text: str, row: str = "", sealed: str = "") -> Self:
        """The text itself, that remembers where it comes from."""
        made = super().__new__(cls, text)
        made.row, made.sealed = row, sealed
        return made


class _Leaving(str):
    """A text on its way to the base, with the key of its row."""

    __slots__ = ("row",)
    row: str


class OfItsRow(DeferredAttribute):
    """What a row holds of its sealed text: the text when it was sealed for this row, the sentence otherwise."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        if isinstance(value, Opened):
            is_its_own = not value.row or value.row == str(instance.pk)
            value = str(value) if is_its_own else Unread(value.sealed)
        instance.__dict__[self.field.attname] = value


class Sealed(models.Field):  # type: ignore[type-arg]
    """What every sealed column does: each value is bound to its column and to its row; moved anywhere else, it does not open.

    It can be neither searched nor sorted by the base, which only says whether there is something. Rows written many at
    once, whose keys are not known before, are bound to their column first and to their row by the clock
    (`resealing.bind_to_rows`).
    """

    descriptor_class = OfItsRow

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        """Ask to be told of new rows, whose key is known only once they are written."""
        super().contribute_to_class(cls, name, private_only=private_only)
        if not cls._meta.abstract:
            models.signals.post_save.connect(
                _bind_to_its_row, sender=cls, dispatch_uid=f"{cls.__module__}.{cls.__name__}.sealed"
            )

    @property
    def context(self) -> str:
        """What its values are bound to: they open nowhere else."""
        return f"{self.model._meta.db_table}.{self.column}"

    def said(self, value: Any) -> str:
        """A value as it is sealed."""
        return str(value)

    def in_clear(self, said: str) -> str:
        """What was sealed, as the base is given it back in clear."""
        return said

    def said_in_clear(self, clear: str) -> str:
        """What the base made of a value in clear, as it is sealed."""
        return clear

    def get_prep_value(self, value: Any) -> Any:
        """Seal on the way in; what is empty stays empty, so that it can be counted."""
        if value in (None, "") or hasattr(value, "resolve_expression"):
            return value
        if isinstance(value, Unread):
            return value.sealed
        if isinstance(value, _Leaving):
            return encrypt(str(value), context=self.context, row=value.row)
        return encrypt(self.said(value), context=self.context)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """A sealed value is a text, whatever the base would make of what it says."""
        return value if prepared else self.get_prep_value(value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Open on the way out."""
        if value in (None, ""):
            return value
        try:
            row, text = opened(value, context=self.context)
        except Undecipherable:
            return Unread(value)
        return Opened(text, row, value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """What leaves knows the key of its row, when there is one already."""
        value = _held(model_instance, self)
        if isinstance(value, Unread) or value in (None, "") or hasattr(value, "resolve_expression"):
            return value
        leaving = _Leaving(self.said(value))
        leaving.row = "" if model_instance.pk is None else str(model_instance.pk)
        return leaving

    def get_lookup(self, lookup_name: str) -> Any:
        """Whether there is something, and nothing else: a search would silently find nobody."""
        return {"isnull": IsNull, "exact": _IsEmpty}.get(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        """None."""
        return


class _IsEmpty(Exact):  # type: ignore[type-arg]
    """« column = '' », the only comparison a sealed column knows."""

    def get_prep_lookup(self) -> Any:
        """Refuse to compare with anything said."""
        if self.rhs not in (None, ""):
            raise FieldError("A sealed column is compared with nothing: open its rows, then look.")
        return self.rhs


def _held(row: models.Model, field: Sealed) -> Any:
    """What a row holds of its column, opened or not."""
    if field.attname not in row.__dict__:
        getattr(row, field.attname)  # asked of the base now
    return row.__dict__[field.attname]


def _bind_to_its_row(sender: type[models.Model], instance: models.Model, created: bool, **told: Any) -> None:
    """Seal what a new row says again, for this row: one write, however many columns."""
    if not created or not isinstance(sender._meta.pk, models.AutoField):
        return
    sealed = {}
    for field in (each for each in sender._meta.concrete_fields if isinstance(each, Sealed)):
        value = instance.__dict__.get(field.attname)
        if value in (None, "") or isinstance(value, Unread) or hasattr(value, "resolve_expression"):
            continue
        text = encrypt(field.said(value), context=field.context, row=str(instance.pk))
        sealed[field.attname] = Unread(text)
    if sealed:
        sender._base_manager.filter(pk=instance.pk).update(**sealed)


class EncryptedTextField(Sealed, models.TextField):  # type: ignore[type-arg]
    """Text readable in Python and sealed in the database.

    One that no key opens is read as a sentence that says so, and is left as it is by whoever saves its row.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Its length is looked at as that of a text in clear."""
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.validators.append(MaxLengthValidator(self.max_length))

    def run_validators(self, value: Any) -> None:
        """The sentence is longer than many a text it stands for."""
        if value != UNREADABLE:
            super().run_validators(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """A form that showed the sentence sends it back: the text it stands for is not replaced by it."""
        if not add and _held(model_instance, self) == UNREADABLE:
            kept = self.model._base_manager.filter(pk=model_instance.pk).only("pk", self.attname).first()
            stored = kept.__dict__.get(self.attname) if kept else None
            if isinstance(stored, Unread):
                return stored
        return super().pre_save(model_instance, add)
