"""Identifiers already found, given to the base as a set."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL


def among(ids: Collection[int]) -> Any:
    """What `field__in` takes: on SQLite one value whatever their number, where a list is as many to bind.

    PostgreSQL reads a list as one array, and looks in an index for either side of an OR made of them.
    """
    if connection.vendor != "sqlite":
        return list(ids)
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(sorted(ids))])
