"""Counting queries: a list must not ask more when it shows more."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.accounts.lockout.failures import FAILED
from backend.audit.answers import NAMES_LISTED, PEOPLE_LISTED, REFUSED

LINES_OF_THE_ANSWER = (REFUSED, NAMES_LISTED, PEOPLE_LISTED, FAILED)
"""What the trail keeps of any answer, so many a minute and never twice in ten minutes; a gesture has its own line."""
BOOKKEEPING = (
    "SAVEPOINT",
    "accounts_opensession",
    "busy_timeout",
    *(f"'{line}'" for line in LINES_OF_THE_ANSWER),
)
"""What follows the clock rather than the rows: a session notes once a minute that it is alive.
How long SQLite may wait is told to the connection, and asks the base nothing."""


def is_bookkeeping(sql: str) -> bool:
    """Whether a statement says nothing of what was asked."""
    return any(each in sql for each in BOOKKEEPING)


def statements_of(action: Callable[[], Any]) -> list[str]:
    """The SQL the action sent, savepoints left aside."""
    with CaptureQueriesContext(connection) as captured:
        action()
    return [query["sql"] for query in captured.captured_queries if not is_bookkeeping(query["sql"])]


def queries_of(action: Callable[[], Any]) -> int:
    """How many SQL queries the action made, savepoints left aside."""
    return len(statements_of(action))


def assert_same_queries(
    action: Callable[[], Any], grow: Callable[[int], Any], *, sizes: tuple[int, ...] = (1, 12)
) -> None:
    """Run the action after growing the data to each size, and compare the counts."""
    asked: dict[int, list[str]] = {}
    present = 0
    for size in sizes:
        grow(size - present)
        present = size
        action()  # warm caches that live for the process (content types, seats registry)
        asked[size] = statements_of(action)
    counts = {size: len(statements) for size, statements in asked.items()}
    more = Counter(map(_shape, asked[sizes[-1]])) - Counter(map(_shape, asked[sizes[0]]))
    assert len(set(counts.values())) == 1, f"queries grow with the rows: {counts}\n" + "\n".join(more)


def _shape(statement: str) -> str:
    """The statement without its numbers, which name cursors and rows."""
    return re.sub(r"\d+", "0", statement)
