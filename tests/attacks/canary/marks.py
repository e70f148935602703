"""The canary: one string that nobody else would write, the columns where it may be typed, and the ways it is looked for.

The columns are those that are classified as speaking of somebody (`<domain>/privacy.py`): a new one is typed in too, or
says in `NOT_TYPED` why nobody types it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count

from django.apps import apps
from django.db import connection, models

from backend.core.privacy import tables
from backend.core.privacy.classes import Kind
from backend.core.sealing.encryption import Sealed

STEM = "canariqz"
SEEN = re.compile(rf"{STEM}\d{{5}}", re.IGNORECASE)
"""As it is typed; letters and digits alone, so that an address writes it as it is."""
_numbers = count(10_000)
ROOM = 40
"""Columns shorter than this hold codes of a fixed shape: no sentence fits there."""
Column = tuple[str, str]

_SECRET = "drawn at random, or kept as a print"
_OURS = "written by the service, of what was already typed elsewhere"
_CODES = "codes of a list, one after the other"
NOT_TYPED: dict[Column, str] = {
    ("accounts_opensession", "session_data"): _OURS,
    ("accounts_seattoken", "digest"): _SECRET,
    ("accounts_user", "password"): _SECRET,
    ("audit_entry", "seat"): _CODES,
    ("competences_badgekey", "secret"): _SECRET,
    ("competences_passport", "content"): _OURS,
    ("exchange_structurecopy", "place"): _SECRET,
    ("exchange_structurecopy", "sealed_key"): _SECRET,
    ("files_storedfile", "place"): _SECRET,
    ("files_storedfile", "sealed_key"): _SECRET,
    ("mail_message", "subject"): _OURS,
    ("mail_message", "text"): _OURS,
    ("organisations_invitation", "token_digest"): _SECRET,
    ("pathways_accesscopy", "place"): _SECRET,
    ("pathways_accesscopy", "sealed_key"): _SECRET,
    ("pathways_medicalvisit", "jobs"): _CODES,
    ("pathways_relay", "parts"): _CODES,
    ("pathways_reunion", "memory"): _OURS,
    ("reports_exportjob", "file_name"): _SECRET,
}
"""Personal columns of text where nobody types anything, each with its reason."""
OF_THE_SERVICE: dict[Column, str] = {
    ("core_idempotencyrecord", "key"): "what a tool calls its own sending, kept for a day",
    ("pathways_beneficiary", "search_key"): "the names, as they are compared",
    ("pathways_beneficiary", "search_name"): "the names, as they are searched",
}
"""Columns of the service itself that hold what was typed, each with its reason."""


def mark() -> str:
    """A new one."""
    return f"{STEM.capitalize()}{next(_numbers)}"


def in_text(words: object) -> set[str]:
    """The marks found there, as they were typed."""
    return {found.capitalize() for found in SEEN.findall(str(words))}


def personal_texts() -> dict[Column, models.Field]:
    """Every column of free text that is classified as speaking of somebody."""
    return {
        (table.model._meta.db_table, each.column): each
        for table in tables.registered()
        for each in table.model._meta.concrete_fields
        if is_free_text(each) and table.columns[each.name].value.is_personal
    }


def is_free_text(field: models.Field) -> bool:
    """Whether somebody may write a sentence there: neither a code of fixed shape nor a choice of a list."""
    is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
    return is_text and (field.max_length is None or field.max_length >= ROOM)


def places(kinds: Iterable[Kind]) -> set[Column]:
    """The columns of these classes."""
    wanted = set(kinds)
    return {
        (table.model._meta.db_table, each.column)
        for table in tables.registered()
        for each in table.model._meta.concrete_fields
        if table.columns[each.name] in wanted
    }


def as_stored(names: Iterable[str]) -> Iterator[tuple[Column, str]]:
    """Each mark that the rows of these tables hold as the base keeps them: what a stolen file would tell."""
    for name in names:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")  # noqa: S608 (our own table names)
            titles = [each[0] for each in cursor.description]
            for row in cursor:
                for title, value in zip(titles, row, strict=True):
                    yield from (((name, title), found) for found in in_text(value))


def once_opened(names: Iterable[str]) -> Iterator[tuple[Column, str]]:
    """The same, for the sealed columns of these tables, read with the key."""
    for model in apps.get_models():
        sealed = [each for each in model._meta.concrete_fields if isinstance(each, Sealed)]
        if model._meta.db_table not in names or not sealed:
            continue
        for row in model._base_manager.values(*(each.name for each in sealed)):
            for each in sealed:
                column = (model._meta.db_table, each.column)
                yield from ((column, found) for found in in_text(row[each.name]))


def is_sealed_column(column: Column) -> bool:
    """Whether its field seals it."""
    return isinstance(personal_texts().get(column), Sealed)
