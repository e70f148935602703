"""One person: the frise first, then the story beside what comes next."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from backend.audit import trail
from backend.core.errors import DomainError
from backend.panels.registry import Reader, person_page
from backend.web.access import only
from backend.web.day import day_of
from backend.web.requests import ActorRequest
from pathways.models import Beneficiary
from pathways.permissions import reads_people
from pathways.screens.person.page import PersonHead
from pathways.screens.person.paper import thread_paper
from pathways.screens.thread.frise import frise_of
from pathways.selectors import thread_of
from pathways.selectors.twins.reunions import kept_file_of


@only(reads_people)
@require_safe
def person(request: ActorRequest, pk: int) -> HttpResponse:
    """Open a person's file; the trail remembers who looked. The number of a file joined to another leads to it."""
    actor = request.actor
    beneficiary = Beneficiary.objects.visible_to(actor).filter(pk=pk).first()
    if beneficiary is None:
        kept = kept_file_of(actor, pk)
        if kept is None:
            raise Http404
        messages.info(request, "Le lien suivi menait à une fiche réunie à celle-ci.")
        return redirect("web:person", pk=kept.pk)
    trail.record(actor, "beneficiary.read", beneficiary)
    day = day_of(request)
    theirs = day.alerts_about(beneficiary.pk)
    reader = Reader(actor, day.today, beneficiary, theirs, lacks_alerts=not theirs.are_all_read)
    page = {
        "person": beneficiary,
        "reader": reader,
        "head": PersonHead(reader),
        "panels": person_page.fill(reader),
    }
    return render(request, "pathways/person/person.html", page)


@only(reads_people)
@require_safe
def thread_pdf(request: ActorRequest, pk: int) -> HttpResponse:
    """The frise and its table as a tagged PDF, to print or to bring to a meeting."""
    actor, today = request.actor, timezone.localdate()
    person = get_object_or_404(Beneficiary.objects.visible_to(actor), pk=pk)
    try:
        content = thread_paper(person, frise_of(thread_of(actor, person, today=today)), today=today)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("web:person", pk)
    trail.record(actor, "thread.taken", person)
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": 'attachment; filename="parcours.pdf"'},
    )
