"""Identifiers already found, given to the base as a set."""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Field, ForeignKey
from django.db.models.expressions import RawSQL
from django.db.models.fields.related_lookups import RelatedIn
from django.db.models.lookups import In


class Ids(frozenset[int]):
    """Identifiers asked about again and again: written out for SQLite once."""

    @cached_property
    def text(self) -> str:
        """As `json_each` reads them."""
        return json.dumps(sorted(self))


class Among(RawSQL):
    """One value whatever the number of identifiers, where a list would be as many to bind."""


def among(ids: Collection[int]) -> Any:
    """What `field__in` takes: on SQLite a table made of one text; on PostgreSQL one array.

    PostgreSQL looks in an index for either side of an OR made of arrays, which it does not do of a subquery.
    """
    if connection.vendor != "sqlite":
        return Among("= ANY(%s::bigint[])", [list(ids)])
    text = ids.text if isinstance(ids, Ids) else json.dumps(sorted(ids))
    return RawSQL("SELECT value FROM json_each(%s)", [text])


class _Operator:
    """Lets an `Among` bring its own operator in the place of IN."""

    rhs: Any

    def get_rhs_op(self, connection: Any, rhs: str) -> str:
        """« = ANY(…) », else IN as ever."""
        if isinstance(self.rhs, Among):
            return rhs[1:-1]  # without the parentheses Django puts around what it is given
        return super().get_rhs_op(connection, rhs)  # type: ignore[misc, no-any-return]


@Field.register_lookup
class InOrAmong(_Operator, In):  # type: ignore[misc]
    """« field__in » of a plain field."""


@ForeignKey.register_lookup
class RelatedInOrAmong(_Operator, RelatedIn):  # type: ignore[misc]
    """« field__in » of a link."""
