"""Asking the world something, and reading what its base did of it; nothing is ever kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from backend.audit.models import Entry
from backend.core.models import IdempotencyRecord
from tests.queries import LINES_OF_THE_ANSWER, is_bookkeeping

NEVER_THE_SAME = re.compile(
    rb'(csrfmiddlewaretoken" value="|nonce="|X-CSRFToken": "|name="form_id" value=")[^"]+|data-form-id="[^"]+"'
)
_WRITES = re.compile(r'^(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
_SAVEPOINT = re.compile(r'^(SAVEPOINT|ROLLBACK TO SAVEPOINT|RELEASE SAVEPOINT) "?(\w+)"?')
_OF_THE_REQUEST = {"accounts_opensession", IdempotencyRecord._meta.db_table}
"""What any request may keep: its session, and the key under which it was sent."""


@dataclass(frozen=True)
class Answer:
    """What came back, how many questions the base was asked, what it was made to write and did not take back."""

    status: int
    content: bytes
    queries: int
    written: tuple[str, ...] = ()
    form: Any = None
    etag: str = ""

    @property
    def same(self) -> tuple[int, bytes, int]:
        """What a stranger could compare between an object out of reach and one that does not exist."""
        return self.status, self.content, self.queries


@contextmanager
def nothing_kept() -> Iterator[None]:
    """Whatever happens inside is undone, inside a test as before any of them."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def ask(client: Any, method: str, address: str, **sent: Any) -> Answer:
    """Send it from this browser."""
    with CaptureQueriesContext(connection) as queries:
        if method == "POST" and "data" in sent and "content_type" not in sent:
            answer = client.post(address, **sent)
        else:
            answer = client.generic(method, address, **sent)
    client.cookies.pop("messages", None)  # a notice waits in a cookie, which nothing rolls back
    content = b"" if answer.streaming else NEVER_THE_SAME.sub(b"", answer.content)
    asked = [each["sql"] for each in queries if not is_bookkeeping(each["sql"])]
    written = standing([each["sql"] for each in queries])
    form = (answer.context or {}).get("form") if getattr(answer, "context", None) else None
    return Answer(
        answer.status_code,
        content,
        len(asked),
        tuple(table for table in written if table not in _OF_THE_REQUEST),
        form,
        answer.headers.get("ETag", ""),
    )


def standing(statements: Iterable[str]) -> list[str]:
    """The tables that these statements write, without what they undo themselves: a form tries, to say all its errors at once."""
    tables: list[str] = []
    marks: dict[str, int] = {}
    for sql in statements:
        if found := _SAVEPOINT.match(sql):
            gesture, name = found.groups()
            if gesture == "SAVEPOINT":
                marks[name] = len(tables)
            elif gesture == "ROLLBACK TO SAVEPOINT":
                del tables[marks[name] :]
        elif (found := _WRITES.match(sql)) and not is_bookkeeping(sql):
            tables.append(found[1])
    return tables


def last_line() -> int:
    """The last line of the trail: every gesture that is accepted adds one."""
    gestures = Entry.objects.exclude(action__in=LINES_OF_THE_ANSWER)
    return gestures.order_by("-pk").values_list("pk", flat=True).first() or 0
