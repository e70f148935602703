"""Lists in the order of the French alphabet, the same on both databases: « Élodie » before « Zoé », « Épicerie » among the E.

SQLite compares bytes, and PostgreSQL as its collation was chosen the day it was installed. Both are asked to compare what
`normalise` gives of a name, as Python does when it sorts one.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Func

from backend.core.values.text import normalise

NAME = "alphabetical"
_LIGATURES = {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"}
_LETTERS = {chr(code): plain for code in range(0xC0, 0x250) if len(plain := normalise(chr(code))) == 1}
"""Every letter with a mark that is one plain letter without it."""
_MARKS = "".join(map(chr, range(0x300, 0x370)))
"""Marks written apart from their letter."""


class Alphabetical(Func):
    """What a text is sorted by: `order_by(Alphabetical("name"), "pk")`."""

    function = NAME
    arity = 1
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        """The same in PostgreSQL's own words: nothing is to be installed there."""
        text = "%(expressions)s"
        for joined, apart in _LIGATURES.items():
            text = f"replace({text}, '{joined}', '{apart}')"
        plain = f"lower(translate({text}, '{''.join(_LETTERS)}{_MARKS}', '{''.join(_LETTERS.values())}'))"
        template = f"""trim(regexp_replace({plain}, '[^a-z0-9]+', ' ', 'g')) COLLATE "C\""""
        return self.as_sql(compiler, connection, template=f"({template})", **context)


def teach(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Give each connection of SQLite the function; called when one opens."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(NAME, 1, _sorted_as, deterministic=True)


def _sorted_as(text: str | None) -> str | None:
    return None if text is None else normalise(text)
