"""« Observer »: standing, in ten seconds, tick what was seen and at which level."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backend.core.pages.doors import only_reads
from backend.web.access import only
from backend.web.forms.search import search_of, to_results
from backend.web.requests import ActorRequest
from backend.web.submission import refusal_of
from competences.enums import Level
from competences.models import Assessment, Competence
from competences.permissions import may_observe
from competences.screens.observe.gestures import (
    competences_of,
    counts_of_the_day,
    gesture_of,
    gestures_of,
    observed_lately,
    people_present,
)
from competences.services.assessments import assess, undo_assessment
from pathways.models import Beneficiary

UNDO_SECONDS = 10


@only(may_observe)
@require_safe
def observe(request: ActorRequest) -> HttpResponse:
    """Whom did you see at work today? Those one usually sees first: a team is forty names, one’s own is six."""
    actor, today = request.actor, timezone.localdate()
    counts = counts_of_the_day(actor, today)
    seen_before = observed_lately(actor, today)
    present = sorted(people_present(actor, today), key=lambda person: person.pk not in seen_before)
    rows = [(person, counts.get(person.pk, 0)) for person in present]
    return render(request, "competences/observe/people.html", {"rows": rows, "done": sum(counts.values())})


@only_reads
@only(may_observe)
@require_http_methods(["GET", "HEAD", "POST"])
def observe_person(request: ActorRequest, pk: int) -> HttpResponse:
    """One person, the gestures of the day, four big buttons each."""
    person = _person(request, pk)
    search = search_of(request)
    if request.method == "POST":
        return to_results(request, search)
    text = search.text
    rows = gestures_of(request.actor, person, timezone.localdate(), text=text)
    return render(request, "competences/observe/person.html", {"person": person, "rows": rows, "text": text})


@only(may_observe)
@require_POST
def observe_level(request: ActorRequest, pk: int, competence_pk: int) -> HttpResponse:
    """Record one level; pressing another one the same day corrects it."""
    person = _person(request, pk)
    competence = get_object_or_404(competences_of(request.actor, person), pk=competence_pk)
    level = request.POST.get("level", "")
    if level not in {str(value) for value in Level.values}:
        unclear = "Choisissez l’un des quatre niveaux."
        return _answer(request, person, competence, is_fresh=False, problem=unclear)
    problem = refusal_of(
        lambda: assess(
            actor=request.actor,
            beneficiary=person,
            competence=competence,
            level=int(level),
            assessed_on=timezone.localdate(),
        )
    )
    return _answer(request, person, competence, is_fresh=not problem, problem=problem)


@only(may_observe)
@require_POST
def observe_undo(request: ActorRequest, pk: int) -> HttpResponse:
    """Take back a slip of the thumb, while it is fresh."""
    actor = request.actor
    seen = Assessment.objects.visible_to(actor).select_related("beneficiary", "competence")
    reading = get_object_or_404(seen, pk=pk)
    problem = refusal_of(lambda: undo_assessment(actor=actor, assessment=reading))
    return _answer(request, reading.beneficiary, reading.competence, problem=problem)


def _person(request: ActorRequest, pk: int) -> Beneficiary:
    return get_object_or_404(Beneficiary.objects.accompanied_by(request.actor), pk=pk)


def _answer(
    request: ActorRequest,
    person: Beneficiary,
    competence: Competence,
    *,
    is_fresh: bool = False,
    problem: str = "",
) -> HttpResponse:
    """The row as it now stands; the whole page again without script."""
    if not request.htmx:
        if problem:
            messages.error(request, problem)
        return redirect("web:observe_person", person.pk)
    row = gesture_of(request.actor, person, competence, timezone.localdate())
    context = {
        "person": person,
        "row": row,
        "is_fresh": is_fresh,
        "problem": problem,
        "seconds": UNDO_SECONDS,
    }
    return render(request, "competences/observe/_row.html", context, status=409 if problem else 200)
