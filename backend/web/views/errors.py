"""What people read when something goes wrong: what happened, and what to do next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open too long, or was sent from elsewhere; nothing was recorded."""
    return render(request, "web/errors/csrf.html", status=403)
