"""What is shown when the database is busy or away: nothing is lost, and one press sends it again."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.cache import add_never_cache_headers
from django.views.defaults import server_error as fault_of_ours
from rest_framework.authentication import CSRFCheck

from backend.core.busy import BUSY, RETRY_AFTER_SECONDS, is_busy
from backend.core.middleware import SAFE_METHODS
from backend.core.sealing.encryption import UNREADABLE, Undecipherable
from backend.web import styles

LONG = 60
"""From how many signs what was typed is shown, to be read again and copied."""
_SECRET, _SECRET_OF_AN_ACCOUNT = frozenset({"again"}), frozenset({"again", "code"})
"""Fields that no page ever writes back, beside passwords; six digits are a `code` where an account is opened or proved."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a refused request had sent, ready to be sent again."""

    fields: tuple[tuple[str, str], ...] = field(default=())
    is_whole: bool = False
    had_files: bool = False

    @property
    def short(self) -> list[tuple[str, str]]:
        """Choices, days and numbers."""
        return [each for each in self.fields if len(each[1]) < LONG]

    @property
    def long(self) -> list[tuple[str, str]]:
        """Texts that somebody took time to write."""
        return [each for each in self.fields if len(each[1]) >= LONG]


def server_error(request: HttpRequest) -> HttpResponse:
    """503 and a way to send again when waiting may be enough, a sentence when a key is missing; 500 for whatever is ours to repair.

    No middleware can do this: each of them is given an answer in place of what failed underneath.
    """
    error = sys.exc_info()[1]
    if isinstance(error, Undecipherable):
        return render(request, "web/errors/unreadable.html", {"sentence": UNREADABLE}, status=503)
    if not is_busy(error):
        return fault_of_ours(request)
    answer = _for_tools() if request.path_info.startswith("/api/") else _for_people(request)
    answer["Retry-After"] = RETRY_AFTER_SECONDS
    add_never_cache_headers(answer)
    return answer


def _for_tools() -> HttpResponse:
    return JsonResponse({"code": "busy", "detail": BUSY, "field": None, "basis": None}, status=503)


def _for_people(request: HttpRequest) -> HttpResponse:
    """A page drawn without the database: neither menu, nor messages, nor name."""
    in_sheet = bool(request.headers.get("HX-Request"))
    page = {
        "sent": None if request.method in SAFE_METHODS else _sent(request),
        "here": request.get_full_path(),
        "csrf_token": get_token(request),
        "style_sheets": styles.sheets(),
    }
    answer = HttpResponse(
        render_to_string("web/errors/_busy.html" if in_sheet else "web/errors/busy.html", page), status=503
    )
    if in_sheet:
        answer["HX-Retarget"], answer["HX-Reswap"], answer["HX-Push-Url"] = (
            "#sheet-content",
            "innerHTML",
            "false",
        )
    return answer


def _sent(request: HttpRequest) -> Sent:
    """What was typed, files and secrets excepted; nothing for a request that does not come from our own page."""
    try:
        if _comes_from_elsewhere(request):
            return Sent()
        kept = [(name, str(value)) for name, values in request.POST.lists() for value in values]
        had_files = bool(request.FILES)
    except (SuspiciousOperation, RawPostDataException, MultiPartParserError):
        return Sent()
    secret = _SECRET if _is_a_screen(request) else _SECRET_OF_AN_ACCOUNT
    if any(name in secret or "password" in name for name, _ in kept):
        return Sent()
    return Sent(tuple(each for each in kept if each[0] != "csrfmiddlewaretoken"), True, had_files)


def _is_a_screen(request: HttpRequest) -> bool:
    """One of our pages, where a `code` is that of a title or of a bloc; the others open an account or prove it."""
    try:
        return resolve(request.path_info).namespace == "web"
    except Resolver404:
        return False


def _comes_from_elsewhere(request: HttpRequest) -> bool:
    """The door may have failed before looking at the token: we never lend ours to what another site sent."""
    check = CSRFCheck(lambda _: None)  # type: ignore[arg-type]
    check.process_request(request)
    return check.process_view(request, lambda _: HttpResponse(), (), {}) is not None
