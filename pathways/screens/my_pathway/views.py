"""« Mon parcours »: the person reads their own thread, and who opened it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from backend.panels.registry import Reader, own_page
from backend.web.access import only
from backend.web.requests import ActorRequest
from pathways.models import Beneficiary
from pathways.permissions import reads_own_thread


@only(reads_own_thread)
@require_safe
def my_pathway(request: ActorRequest) -> HttpResponse:
    """Larger text, short sentences: what I did, what comes next, what is written about me."""
    actor = request.actor
    me = get_object_or_404(Beneficiary.objects.visible_to(actor), pk=actor.beneficiary_id)
    panels = own_page.fill(Reader(actor, timezone.localdate(), me))
    return render(request, "pathways/my_pathway/page.html", {"person": me, "panels": panels})
