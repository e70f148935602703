"""The first page after signing in: each role lands where its day begins."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from backend.web.navigation import Shell
from backend.web.requests import ActorRequest


def home(request: ActorRequest) -> HttpResponse:
    """Go to the first entry of one's menu; somebody without menu is told whom to ask."""
    entries = Shell(request, request.actor).entries
    if entries:
        return redirect(entries[0].url)
    return render(request, "web/home.html")
