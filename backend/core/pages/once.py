"""What one page reads once, however many of its parts ask for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

MOST_REMEMBERED = 10_000
"""Rows a page carries from question to question; beyond, as for the head of a large group, each asks again."""

_memory: ContextVar[dict[Any, Any] | None] = ContextVar("page", default=None)


@contextmanager
def one_page() -> Iterator[None]:
    """The time of one reading page: nothing changes under it, so that what was read may serve again."""
    token = _memory.set({})
    try:
        yield
    finally:
        _memory.reset(token)


def is_reading() -> bool:
    """Whether a reading page is being made: what is asked of it now will be the answer until its end."""
    return _memory.get() is not None


def once_per_page(read: Callable[P, T]) -> Callable[P, T]:
    """Keep the answer until the page ends; outside a reading page the question is asked each time.

    A question is the same however it is written: by place, by name, or with what goes without saying.
    """
    asked = signature(read)

    @wraps(read)
    def remembered(*args: P.args, **kwargs: P.kwargs) -> T:
        memory = _memory.get()
        if memory is None:
            return read(*args, **kwargs)
        said = asked.bind(*args, **kwargs)
        said.apply_defaults()
        key = (read, tuple(said.arguments.items()))
        if key not in memory:
            memory[key] = read(*args, **kwargs)
        answer: T = memory[key]
        return answer

    return remembered
