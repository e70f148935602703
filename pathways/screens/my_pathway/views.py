"""« Mon parcours »: the person reads their own thread, and who opened it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from backend.core.actor import Role
from backend.web.access import only
from backend.web.day import day_of
from backend.web.requests import ActorRequest
from pathways.models import Beneficiary
from pathways.screens.my_pathway.readers import readers_of
from pathways.screens.person.page import PersonPage
from pathways.screens.thread.chapters import chapters_of

TALKS_SHOWN = 4


@only(Role.BENEFICIARY)
@require_safe
def my_pathway(request: ActorRequest) -> HttpResponse:
    """Larger text, short sentences: what I did, what comes next, what is written about me."""
    actor = request.actor
    me = get_object_or_404(Beneficiary.objects.visible_to(actor), pk=actor.beneficiary_id)
    page = PersonPage(actor, me, day_of(request).today, [])
    talks = [entry for entry in page.story if entry.nature == "interview"]
    context = {
        "page": page,
        "person": me,
        "chapters": chapters_of(page.thread),
        "talks_first": talks[:TALKS_SHOWN],
        "talks_rest": talks[TALKS_SHOWN:],
        "readers": readers_of(actor),
    }
    return render(request, "pathways/my_pathway/page.html", context)
