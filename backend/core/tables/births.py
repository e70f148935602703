"""The column of a birth date: one text, « 1984-03-12 », « 1984-03 » or « 1984 », that sorts as it reads (decision 0087)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from backend.core.values.births import from_iso, keys_of_birth
from backend.core.values.partial_days import PartialDay

LONGEST = 10


class BirthField(models.DateField):  # type: ignore[type-arg]
    """A date that may be a `PartialDay`: whatever reads a date reads it, and what is not known is not kept."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.max_length = LONGEST

    def get_internal_type(self) -> str:
        """Kept as a text: a day that nobody knows has no place in a date."""
        return "CharField"

    def from_db_value(self, value: str | None, *args: Any) -> date | None:
        """As it was told."""
        return from_iso(value) if value else None

    def to_python(self, value: Any) -> Any:
        """A date, from its text as well."""
        return from_iso(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        """Its text; the beginning of one is compared as it is."""
        return value.isoformat() if isinstance(value, date) else value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """The same on both databases."""
        return value if prepared else self.get_prep_value(value)

    def value_to_string(self, obj: Any) -> str:
        """The same, for a fixture."""
        value = self.value_from_object(obj)
        return "" if value is None else value.isoformat()


def may_be(name: str, born_on: date) -> Q:
    """Rows whose birth date may be this one, of what is known on each side."""
    known = Q(**{f"{name}__in": keys_of_birth(born_on)})
    if not isinstance(born_on, PartialDay):
        return known
    return known | Q(**{f"{name}__startswith": born_on.isoformat()})
