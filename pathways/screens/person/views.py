"""One person: the frise first, then the story beside what comes next."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from backend.audit import trail
from backend.panels.registry import Reader, person_page
from backend.web.access import only
from backend.web.day import day_of
from backend.web.requests import ActorRequest
from pathways.models import Beneficiary
from pathways.permissions import reads_people
from pathways.screens.person.page import PersonHead


@only(reads_people)
@require_safe
def person(request: ActorRequest, pk: int) -> HttpResponse:
    """Open a person's file; the trail remembers who looked."""
    actor = request.actor
    beneficiary = get_object_or_404(Beneficiary.objects.visible_to(actor), pk=pk)
    trail.record(actor, "beneficiary.read", beneficiary)
    day = day_of(request)
    reader = Reader(actor, day.today, beneficiary, day.alerts_about(beneficiary.pk))
    page = {
        "person": beneficiary,
        "reader": reader,
        "head": PersonHead(reader),
        "panels": person_page.fill(reader),
    }
    return render(request, "pathways/person/person.html", page)
