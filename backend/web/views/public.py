"""What anybody may read: help, who runs the service, what becomes of one's data, how accessible it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from backend.core.jobs import FILES_KEPT_FOR
from backend.core.pages.keepers import public
from backend.web.help import GLOSSARY, first_steps

TEXT = "text/plain; charset=utf-8"


@public
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """What each role does first, one's own before the others; the words of the field; whom to ask."""
    actor = request.actor  # type: ignore[attr-defined]
    return _told(request, "help", steps=first_steps(actor.role if actor else None), glossary=GLOSSARY)


@public
@require_safe
def legal_notice(request: HttpRequest) -> HttpResponse:
    """Who publishes and who hosts (loi 2004-575, article 1-1)."""
    return _told(request, "legal_notice")


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Which data, why, how long, which rights (RGPD, articles 13 and 14)."""
    return _told(
        request,
        "privacy",
        idle_minutes=settings.SESSION_IDLE_SECONDS // 60,
        session_hours=settings.SESSION_COOKIE_AGE // 3600,
        files_days=FILES_KEPT_FOR.days,
    )


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The honest state of accessibility, and whom to write to."""
    return _told(request, "accessibility")


@public
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116); its end is always ahead, for it is written at each reading."""
    contact = settings.OPERATOR.security_contact or settings.OPERATOR.contact
    lines = {
        "Contact": f"mailto:{contact}" if contact else _address(request, "web:legal_notice"),
        "Expires": _end(timezone.now()).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Preferred-Languages": "fr, en",
        "Canonical": _address(request, "web:security_txt"),
    }
    return HttpResponse("".join(f"{name}: {value}\n" for name, value in lines.items()), content_type=TEXT)


@public
@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Nothing here is for search engines."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type=TEXT)


def _end(now: datetime) -> datetime:
    """Midnight of the last day, so that the file changes once a day only."""
    last = (now.astimezone(UTC) + timedelta(days=settings.SECURITY_TXT_DAYS)).date()
    return datetime(last.year, last.month, last.day, tzinfo=UTC)


def _address(request: HttpRequest, name: str) -> str:
    return request.build_absolute_uri(reverse(name))


def _told(request: HttpRequest, name: str, **page: Any) -> HttpResponse:
    """A page of text: in the frame of whoever is signed in, on a card for the others."""
    layout = "web/base.html" if request.actor else "web/base_public.html"  # type: ignore[attr-defined]
    return render(request, f"web/public/{name}.html", {"layout": layout, "is_long": True, **page})
