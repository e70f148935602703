"""What people read when something goes wrong: what happened, and what to do next."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django_htmx.http import HttpResponseClientRedirect

from backend.core.middleware import SAFE_METHODS
from backend.web.kept.refused import keep_refused
from backend.web.kept.sent import sent_in


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open too long, or was sent from elsewhere; nothing was recorded.

    Whoever the form was shown to finds it again, filled, under a fresh token, after signing in when every cookie is
    gone; only the token may be wrong for that: a request from another site keeps nothing.
    """
    address = keep_refused(request) if reason.startswith("CSRF ") else None
    if address and not request.user.is_authenticated:
        address = redirect_to_login(address, resolve_url(settings.LOGIN_URL)).url
    if address:
        return HttpResponseClientRedirect(address) if request.headers.get("HX-Request") else redirect(address)
    return render(request, "web/errors/csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing here for this seat. What was sent to it is given back: the file may have closed while it was being typed."""
    written = [] if request.method in SAFE_METHODS else sent_in(request).written
    if not request.headers.get("HX-Request"):
        return render(request, "404.html", {"written": written}, status=404)
    answer = render(request, "web/errors/_not_found.html", {"written": written}, status=404)
    answer["HX-Retarget"], answer["HX-Reswap"], answer["HX-Push-Url"] = (
        "#sheet-content",
        "innerHTML",
        "false",
    )
    return answer
