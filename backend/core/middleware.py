"""A page that only reads writes nothing, and a personal page is kept by no browser nor proxy."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from backend.core.pages.once import one_page

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# What a reading page may still write: who looked, how the session goes, how many times a door was tried.
_ALLOWED_TABLES = frozenset({"audit_entry", "accounts_opensession", "core_idempotencyrecord", "cache"})
_ALLOWED_PREFIX = "axes_"
_WRITE = re.compile(
    r"\s*(?:insert\s+(?:or\s+\w+\s+)?into|replace\s+into|update(?:\s+or\s+\w+)?|delete\s+from|truncate(?:\s+table)?)"
    r'\s+"?(\w+)',
    re.IGNORECASE,
)


class WroteWhileReading(RuntimeError):
    """A GET tried to change data: a mistake in our code, never in what the person did."""


class _Guard:
    """Refuses writes on the connection while `is_on`."""

    def __init__(self, *, is_on: bool) -> None:
        self.is_on = is_on

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        table = _written_table(sql) if self.is_on else None
        if table and table not in _ALLOWED_TABLES and not table.startswith(_ALLOWED_PREFIX):
            raise WroteWhileReading(f"a reading page tried to write {table}")
        return execute(sql, params, many, context)


def _written_table(sql: str) -> str | None:
    write = _WRITE.match(sql)
    return write.group(1).lower() if write else None


class ReadOnlyMiddleware:
    """Guards every reading request, except on the few pages that say why they write (`writes_on_get`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Wrap the connection for the time of a reading request; of one that turns out to only ask, too."""
        reads = request.method in SAFE_METHODS
        guard = _Guard(is_on=reads)
        request.read_only_guard = guard  # type: ignore[attr-defined]
        with connection.execute_wrapper(guard), one_page() if reads else nullcontext():
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> None:
        """Stand aside for the pages whose opening is itself recorded, and guard those that are sent a question."""
        guard: _Guard | None = getattr(request, "read_only_guard", None)
        if guard is not None and getattr(view, "writes_on_get", False):
            guard.is_on = False
        if guard is not None and getattr(view, "only_reads", False):
            guard.is_on = True


class PrivatePagesMiddleware:
    """What somebody signed in reads is stored nowhere on the way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Forbid caching of every answer made for a person, a refusal included."""
        response = self.get_response(request)
        if request.user.is_authenticated or request.path.startswith("/api/"):
            add_never_cache_headers(response)
        return response
