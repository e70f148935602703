"""« Entre deux »: people without a step today."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from backend.web.access import only
from backend.web.permissions import reads_the_day
from backend.web.requests import ActorRequest
from pathways.selectors import between_steps


@only(reads_the_day)
@require_safe
def between(request: ActorRequest) -> HttpResponse:
    """Everyone without contract today, with what is planned next."""
    return render(
        request, "pathways/between/page.html", {"rows": between_steps(request.actor, timezone.localdate())}
    )
