"""Every address the service answers, walked from the URL table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver


@dataclass(frozen=True)
class Route:
    """One named address and the names of what it captures."""

    name: str
    captures: tuple[str, ...]
    view: Any


def every_route() -> list[Route]:
    """All of them, in the order of the table."""
    return list(_walk(get_resolver().url_patterns, "", ()))


def _walk(patterns: list[Any], namespace: str, captures: tuple[str, ...]) -> Iterator[Route]:
    for pattern in patterns:
        here = (*captures, *pattern.pattern.converters, *_groups(pattern))
        if isinstance(pattern, URLPattern):
            yield Route(f"{namespace}{pattern.name}", here, pattern.callback)
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner, here)


def _groups(pattern: Any) -> tuple[str, ...]:
    regex = pattern.pattern.regex
    return tuple(name for name in regex.groupindex if name not in pattern.pattern.converters)
