"""What is shown when the database is busy or away: nothing is lost, and one press sends it again."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.views.defaults import server_error as fault_of_ours

from backend.core.busy import BUSY, RETRY_AFTER_SECONDS, is_busy
from backend.core.middleware import SAFE_METHODS
from backend.core.sealing.encryption import UNREADABLE, Undecipherable
from backend.web import styles
from backend.web.kept.sent import sent_in


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
        "sent": None if request.method in SAFE_METHODS else sent_in(request),
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
