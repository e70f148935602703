"""What a line of log says: when, how grave, which request, which page, which line of code; never what was typed.

Our own messages carry numbers only, and are written as they are. Those of libraries repeat paths, headers
and values: of them we keep the sentence and leave out what was put into it. Of an exception we keep the
type and the lines of code, for its text is often the very value that was refused.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
import uuid
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from django.http import HttpRequest, HttpResponse
from gunicorn.glogging import Logger

from backend.core.errors import DomainError

HEADER = "X-Request-ID"
UNKNOWN = "(adresse inconnue)"
HIDDEN = "…"
NOT_REPEATED = "(message d’une bibliothèque, non repris)"
OURS = ("backend", "pathways", "competences", "employers", "reports")
LINE = "{asctime} {levelname} {name} [{request_id}] {message}"

_GIVEN_ID = re.compile(r"[0-9a-fA-F-]{16,64}")
_HOLE = re.compile(r"%(?:\(\w+\))?[-#0 +]*[\d*]*(?:\.[\d*]+)?[a-zA-Z]")
_current: ContextVar[str] = ContextVar("request_id", default="-")


class RequestIdMiddleware:
    """Gives each request a number, that its lines of log carry and its answer repeats."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Take the proxy's number when it looks like one, else draw one."""
        given = request.headers.get(HEADER, "")
        number = given if _GIVEN_ID.fullmatch(given) else uuid.uuid4().hex
        request.request_id = number  # type: ignore[attr-defined]  # a refusal is logged once we are out of here
        token = _current.set(number)
        try:
            response = self.get_response(request)
        finally:
            _current.reset(token)
        response[HEADER] = number
        return response


class DiscreetFormatter(logging.Formatter):
    """Writes a line that can be handed to anybody."""

    def __init__(self) -> None:
        super().__init__(LINE, style="{")

    def format(self, record: logging.LogRecord) -> str:
        """The line, then the lines of code when something broke."""
        record.request_id = _request_id(record)
        record.message = _message(record)
        record.asctime = _instant(record)
        return "\n".join([self.formatMessage(record), *_code_lines(record)])


class JsonFormatter(logging.Formatter):
    """The same, one object a line, for tools that gather logs."""

    def format(self, record: logging.LogRecord) -> str:
        """What the other formatter says, by name; the lines of code stay with their message."""
        said = {
            "instant": _instant(record),
            "gravite": record.levelname,
            "origine": record.name,
            "demande": _request_id(record),
            "message": _message(record),
        }
        if lines := _code_lines(record):
            said["code"] = "\n".join(line.strip() for line in lines)
        return json.dumps(said, ensure_ascii=False)


def formatter(kind: str) -> logging.Formatter:
    """The formatter that `LOG_FORMAT` names."""
    return JsonFormatter() if kind == "json" else DiscreetFormatter()


def _request_id(record: logging.LogRecord) -> str:
    return str(getattr(getattr(record, "request", None), "request_id", _current.get()))


def _instant(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _code_lines(record: logging.LogRecord) -> list[str]:
    error = record.exc_info[1] if record.exc_info else None
    return list(_lines_of(error)) if error else []


def _message(record: logging.LogRecord) -> str:
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest):
        return f"{getattr(record, 'status_code', '')} {request.method} {_route(request)}".strip()
    if record.name.partition(".")[0] in OURS or (
        record.name.startswith("gunicorn") and record.levelno <= logging.INFO
    ):
        return record.getMessage()
    return _HOLE.sub(HIDDEN, str(record.msg)) if record.args else NOT_REPEATED


def _route(request: HttpRequest) -> str:
    """The page as our table of addresses writes it, without what was put into it."""
    match = request.resolver_match
    return f"/{match.route}" if match else UNKNOWN


def _lines_of(error: BaseException) -> Iterator[str]:
    """The lines of code of an exception and of those behind it, oldest first; types, never texts."""
    behind = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if behind is not None and behind is not error:
        yield from _lines_of(behind)
    for frame in _frames(error.__traceback__):
        yield f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}'
    yield f"{type(error).__module__}.{type(error).__qualname__}{_code(error)}"


def _frames(trace: TracebackType | None) -> list[traceback.FrameSummary]:
    return list(traceback.extract_tb(trace))


def _code(error: BaseException) -> str:
    return f" ({error.code})" if isinstance(error, DomainError) else ""


class DiscreetServerLog(Logger):
    """gunicorn's log, written like ours; it is named on its command line."""

    def setup(self, cfg: Any) -> None:
        """The same destinations, our formatter; the settings of Django are not read yet."""
        from backend.settings.sizes import log_format

        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(formatter(log_format()))
