"""« Observer »: standing, in ten seconds, tick what was seen and at which level."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from backend.core.pages.keepers import only_reads
from backend.core.values.numbers import whole_number
from backend.web.access import only
from backend.web.forms.search import search_of, to_results
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_form, refusal_of
from competences.enums import Level
from competences.models import Assessment, Competence
from competences.permissions import may_observe
from competences.screens.observe.forms import WordForm
from competences.screens.observe.gestures import (
    answers_to,
    competences_of,
    counts_of_the_day,
    gestures_of,
    people_present,
    rows_of,
)
from competences.services import assess, explain_assessment, prove_assessment, undo_assessment
from pathways.models import Beneficiary

PEOPLE_SHOWN = 60
"""A longer list is looked through by a name, not with a thumb."""

TOGETHER = "travail"
"""In what a row sends: the work shown by the page of several people it stands on; absent from one person's page."""


@only_reads
@only(may_observe)
@require_http_methods(["GET", "HEAD", "POST"])
def observe(request: ActorRequest) -> HttpResponse:
    """Whom did you see at work today? Those one usually sees first: a team is forty names, one’s own is six."""
    search = search_of(request)
    if request.method == "POST":
        return to_results(request, search)
    actor, today = request.actor, timezone.localdate()
    counts, found = counts_of_the_day(actor, today), people_present(actor, today, named=search.text)
    context = {
        "rows": [(person, counts.get(person.pk, 0)) for person in found[:PEOPLE_SHOWN]],
        "left_out": max(0, len(found) - PEOPLE_SHOWN),
        "text": search.text,
        "done": sum(counts.values()),
        "answers": answers_to(actor),
    }
    return render(request, "competences/observe/people.html", context)


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
    """Record one level, for a page without script; pressing another one the same day corrects it."""
    person = _person(request, pk)
    competence = get_object_or_404(competences_of(request.actor, person), pk=competence_pk)
    level = whole_number(request.POST.get("level", ""))
    if level not in Level.values:
        return _answer(request, person, competence, problem="Choisissez l’un des quatre niveaux.")
    problem = refusal_of(
        lambda: assess(
            actor=request.actor,
            beneficiary=person,
            competence=competence,
            level=level,
            assessed_on=timezone.localdate(),
        )
    )
    return _answer(request, person, competence, is_fresh=not problem, problem=problem)


@only(may_observe)
@require_POST
def observe_undo(request: ActorRequest, pk: int) -> HttpResponse:
    """Take back a slip of the thumb, all the day."""
    actor = request.actor
    seen = Assessment.objects.visible_to(actor).select_related("beneficiary", "competence")
    reading = get_object_or_404(seen, pk=pk)
    problem = refusal_of(lambda: undo_assessment(actor=actor, assessment=reading))
    return _answer(request, reading.beneficiary, reading.competence, problem=problem)


@only(may_observe)
@require_http_methods(["GET", "POST"])
def observe_word(request: ActorRequest, pk: int) -> HttpResponse:
    """A word and a photo on what one just saw, if one wants."""
    actor = request.actor
    seen = Assessment.objects.visible_to(actor).select_related("beneficiary", "competence")
    reading = get_object_or_404(seen, pk=pk)
    back = reverse("web:observe_person", args=[reading.beneficiary_id])

    def act(values: dict[str, Any]) -> str:
        explain_assessment(actor=actor, assessment=reading, context=values["context"])
        if values["file"]:
            prove_assessment(actor=actor, assessment=reading, file=values["file"])
        return back

    page = FormPage(
        title="Un mot, une photo",
        line=f"{reading.beneficiary} · {reading.competence.label}",
        back=back,
        done="C’est ajouté à ce que vous avez vu.",
        about=reading,
    )
    form = WordForm(request.POST or None, request.FILES or None, initial={"context": reading.context})
    return answer_form(request, form, page, act)


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
    work = request.POST.get(TOGETHER)
    if not request.htmx:
        if problem:
            messages.error(request, problem)
        if work is None:
            return redirect("web:observe_person", person.pk)
        return redirect(f"{reverse('web:observe_together')}?{urlencode({TOGETHER: work[:8]})}")
    (row,) = rows_of(
        request.actor, [person], [competence], timezone.localdate(), names_person=work is not None
    )
    row = replace(row, is_fresh=is_fresh, problem=problem)
    context = {"row": row, "work": work}
    return render(request, "competences/observe/_row.html", context, status=409 if problem else 200)
