"""« Ma journée »: who comes today, what must not slip; and what the menu says of it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backend.panels.registry import Reader, day_page
from backend.web.access import only
from backend.web.day import day_of
from backend.web.navigation import is_told_what_waits
from backend.web.permissions import reads_the_day
from backend.web.requests import ActorRequest


@only(is_told_what_waits)
@require_safe
def waiting(request: ActorRequest) -> HttpResponse:
    """The counts beside the entries of the menu, asked by a page that was shown without them."""
    return render(request, "web/partials/_counts.html")


@only(reads_the_day)
@require_safe
def day(request: ActorRequest) -> HttpResponse:
    """The morning page: appointments, alerts, people between two steps, the caseload."""
    mine = day_of(request)
    whose = next((line for line in mine.team if line.key == request.GET.get("de")), None)
    reader = Reader(
        mine.actor,
        mine.today,
        alerts=whose.alerts if whose else mine.alerts,
        lacks_alerts=not mine.alerts.are_all_read,
        is_whole="tout" in request.GET,
        page=request.GET.get("page", "1"),
        team=mine.team,
        whose=whose,
    )
    return render(request, "web/day/page.html", {"reader": reader, "panels": day_page.fill(reader)})
