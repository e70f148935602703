"""What people read when something goes wrong: what happened, and what to do next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django_htmx.http import HttpResponseClientRedirect

from backend.web.refused import keep_refused


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open too long, or was sent from elsewhere; nothing was recorded.

    Whoever is signed in finds their form again, filled, under a fresh token; only the token may be wrong for that:
    a request from another site keeps nothing.
    """
    address = keep_refused(request) if request.user.is_authenticated and reason.startswith("CSRF ") else None
    if address:
        return HttpResponseClientRedirect(address) if request.headers.get("HX-Request") else redirect(address)
    return render(request, "web/errors/csrf.html", status=403)
