"""« Ma journée »: who comes today, what must not slip."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backend.core.actor import Role
from backend.web.access import only
from backend.web.day import day_of
from backend.web.requests import ActorRequest


@only(Role.ADVISOR, Role.MANAGER)
@require_safe
def day(request: ActorRequest) -> HttpResponse:
    """The morning page: appointments, alerts, people between two steps, the caseload."""
    today = day_of(request)
    shown = today.alerts if "tout" in request.GET else today.alerts_first
    context = {"day": today, "alerts": shown, "left_out": len(today.alerts) - len(shown)}
    return render(request, "web/day/page.html", context)


@only(Role.ADVISOR, Role.MANAGER)
@require_safe
def between(request: ActorRequest) -> HttpResponse:
    """Everyone without contract today, with what is planned next."""
    return render(request, "web/day/between.html", {"day": day_of(request)})
