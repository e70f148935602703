"""Counting queries: a list must not ask more when it shows more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

BOOKKEEPING = ("SAVEPOINT", "django_session")
"""What follows the clock rather than the rows: a session notes once a minute that it is alive."""


def queries_of(action: Callable[[], Any]) -> int:
    """How many SQL queries the action made, savepoints left aside."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        action()
    return sum(
        not any(bookkeeping in query["sql"] for bookkeeping in BOOKKEEPING)
        for query in captured.captured_queries
    )


def assert_same_queries(
    action: Callable[[], Any], grow: Callable[[int], Any], *, sizes: tuple[int, ...] = (1, 10, 100)
) -> None:
    """Run the action after growing the data to each size, and compare the counts."""
    counts, present = {}, 0
    for size in sizes:
        grow(size - present)
        present = size
        action()  # warm caches that live for the process (content types, seats registry)
        counts[size] = queries_of(action)
    assert len(set(counts.values())) == 1, f"queries grow with the rows: {counts}"
