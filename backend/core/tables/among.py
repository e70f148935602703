"""Identifiers already found, given to the base as a set."""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL


class Ids(frozenset[int]):
    """Identifiers asked about again and again: written out for SQLite once."""

    @cached_property
    def text(self) -> str:
        """As `json_each` reads them."""
        return json.dumps(sorted(self))


def among(ids: Collection[int]) -> Any:
    """What `field__in` takes: on SQLite one value whatever their number, where a list is as many to bind.

    PostgreSQL reads a list as one array, and looks in an index for either side of an OR made of them.
    """
    if connection.vendor != "sqlite":
        return list(ids)
    text = ids.text if isinstance(ids, Ids) else json.dumps(sorted(ids))
    return RawSQL("SELECT value FROM json_each(%s)", [text])
