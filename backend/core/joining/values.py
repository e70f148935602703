"""Values of rows as they are remembered, compared, and read by people."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias

from django.db import models
from django.utils import timezone

from backend.core.sealing.encryption import Sealed, Unread
from backend.core.values.dates import french_date

_SEALED = "sealed"
Field: TypeAlias = "models.Field[Any, Any]"


def is_blank(value: Any) -> bool:
    """Whether nothing was said."""
    return value is None or (isinstance(value, str | list | dict) and not value)


def alike(one: Any, other: Any) -> bool:
    """Whether two values say the same; of two texts that no key opens, only the same seal does."""
    if isinstance(one, Unread) or isinstance(other, Unread):
        return getattr(one, _SEALED, None) == getattr(other, _SEALED, None)
    return bool(one == other)


def kept(field: Field, value: Any) -> Any:
    """A value as JSON may hold it, to be given back exactly by `given_back`."""
    if isinstance(value, Unread):
        return {_SEALED: value.sealed}
    if value is None or isinstance(value, bool | int | list | dict) or isinstance(field, models.JSONField):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def given_back(field: Field, value: Any) -> Any:
    """What `kept` was given."""
    if isinstance(field, Sealed) and isinstance(value, dict) and set(value) == {_SEALED}:
        return Unread(value[_SEALED])
    if value is None or isinstance(field, models.JSONField):
        return value
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    return target.to_python(value)


def in_words(row: models.Model, field: Field) -> str:
    """A value as people read it."""
    value = getattr(row, field.attname)
    if is_blank(value):
        return "non renseigné"
    if isinstance(field, models.ForeignKey):
        return str(getattr(row, field.name))
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    match value:
        case bool():
            return "oui" if value else "non"
        case datetime():
            return french_date(timezone.localtime(value).date())
        case date():
            return french_date(value)
        case Decimal():
            return f"{value.normalize():f}".replace(".", ",")
        case _:
            return str(value)
