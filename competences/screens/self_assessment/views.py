"""« Ce que je sais faire » said by the person, level by level, and their answer to what was seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from backend.core import steps
from backend.core.pages.keepers import only_reads
from backend.core.values.numbers import whole_number
from backend.web.access import only
from backend.web.forms.search import search_of, to_results
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_form, refusal_of
from competences.enums import Level, ProofStatus
from competences.models import Assessment, Competence
from competences.permissions import may_comment, may_say_of_oneself, may_take_back_reading
from competences.rules.self_assessment import IN_THE_FIRST_PERSON
from competences.screens.observe.gestures import LevelButton, gestures_of_trades, trades_of_person
from competences.screens.self_assessment.forms import CommentForm
from competences.selectors.person import assessments_of
from competences.selectors.wording import find_competences, trades_of
from competences.services import assess, comment_assessment, undo_assessment
from pathways.models import Beneficiary

SHOWN = 20
FOUND = 8


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One competence, what the person says of it, and what was last seen; the two side by side once they answered."""

    competence: Competence
    own: Assessment | None
    seen: Assessment | None
    may_undo: bool = False
    is_fresh: bool = False
    problem: str = ""

    @property
    def buttons(self) -> list[LevelButton]:
        """The four levels, in the first person."""
        said = self.own.level if self.own else 0
        return [LevelButton(level.value, IN_THE_FIRST_PERSON[level], level.value == said) for level in Level]

    @property
    def differs(self) -> bool:
        """Whether the two words are not the same."""
        return self.own is not None and self.seen is not None and self.own.level != self.seen.level


@only_reads
@only(may_say_of_oneself)
@require_http_methods(["GET", "HEAD", "POST"])
def self_assess(request: ActorRequest) -> HttpResponse:
    """The gestures of one's trade and those already seen or said; what a search finds instead."""
    me = _me(request)
    search = search_of(request)
    if request.method == "POST":
        return to_results(request, search)
    rows = _rows(request, me, text=search.text)
    return render(request, "competences/self_assessment/page.html", {"rows": rows, "text": search.text})


@only(may_say_of_oneself)
@require_POST
def self_level(request: ActorRequest, competence_pk: int) -> HttpResponse:
    """Say one level; another press the same day corrects it, another day adds a newer word."""
    me = _me(request)
    held = [reading.competence_id for reading in assessments_of(request.actor, me.pk)]
    competence = get_object_or_404(Competence.objects.choosable(held=held), pk=competence_pk)
    level = whole_number(request.POST.get("level", ""))
    if level not in Level.values:
        return _answer(request, me, competence, problem="Choisissez l’une des quatre phrases.")
    problem = refusal_of(
        lambda: assess(
            actor=request.actor,
            beneficiary=me,
            competence=competence,
            level=level,
            status=ProofStatus.DECLARED,
            assessed_on=timezone.localdate(),
        )
    )
    return _answer(request, me, competence, is_fresh=not problem, problem=problem)


@only(may_say_of_oneself)
@require_POST
def self_undo(request: ActorRequest, pk: int) -> HttpResponse:
    """Take back what one said today."""
    rows = Assessment.objects.visible_to(request.actor).select_related("competence")
    reading = get_object_or_404(rows, pk=pk)
    problem = refusal_of(lambda: undo_assessment(actor=request.actor, assessment=reading))
    return _answer(request, _me(request), reading.competence, problem=problem)


@only(may_comment)
@require_http_methods(["GET", "POST"])
def reading_comment(request: ActorRequest, pk: int) -> HttpResponse:
    """What the person thinks of what was seen: their own words, or those they told who accompanies them."""
    rows = Assessment.objects.visible_to(request.actor).exclude(status=ProofStatus.DECLARED)
    reading = get_object_or_404(rows.select_related("beneficiary", "competence"), pk=pk)
    is_mine = may_say_of_oneself(request.actor)
    back = reverse("web:my_pathway") if is_mine else reverse("web:person", args=[reading.beneficiary_id])

    def act(values: dict[str, Any]) -> str:
        comment_assessment(
            actor=request.actor, assessment=reading, seen=values["version"], comment=values["comment"]
        )
        return back

    page = FormPage(
        title="Ce que j’en pense" if is_mine else "Ce que la personne en dit",
        line=f"{reading.competence.label} : « {reading.get_level_display().lower()} »",
        back=back,
        done="La réponse est retirée ; l’observation reste."
        if request.method == "POST" and not request.POST.get("comment", "").strip()
        else "La réponse est gardée, à côté de l’observation.",
        version_now=lambda: steps.seen(Assessment.objects.get(pk=pk)),
    )
    form = CommentForm(
        request.POST or None, initial={"comment": reading.comment, "version": steps.seen(reading)}
    )
    if is_mine:
        form.fields["comment"].label = "Ce que j’en pense"
    return answer_form(request, form, page, act)


def _me(request: ActorRequest) -> Beneficiary:
    return get_object_or_404(Beneficiary.objects.accompanied_by(request.actor))


def _rows(request: ActorRequest, me: Beneficiary, *, text: str = "") -> list[OwnRow]:
    known = {reading.competence_id: reading.competence for reading in assessments_of(request.actor, me.pk)}
    if text:
        chosen = find_competences(text, trades=trades_of(request.actor), limit=FOUND)
    else:
        trade = gestures_of_trades(trades_of_person(request.actor, me, timezone.localdate()), limit=SHOWN)
        chosen = list({each.pk: each for each in [*known.values(), *trade]}.values())
    return [_row(request, me, competence) for competence in chosen]


def _row(
    request: ActorRequest,
    me: Beneficiary,
    competence: Competence,
    *,
    is_fresh: bool = False,
    problem: str = "",
) -> OwnRow:
    words = [
        reading for reading in assessments_of(request.actor, me.pk) if reading.competence_id == competence.pk
    ]
    own = next((each for each in words if each.status == ProofStatus.DECLARED), None)
    seen = next((each for each in words if each.status != ProofStatus.DECLARED), None)
    may_undo = own is not None and may_take_back_reading(request.actor, own, today=timezone.localdate())
    return OwnRow(competence, own, seen, may_undo=may_undo, is_fresh=is_fresh, problem=problem)


def _answer(
    request: ActorRequest,
    me: Beneficiary,
    competence: Competence,
    *,
    is_fresh: bool = False,
    problem: str = "",
) -> HttpResponse:
    """The row as it now stands; the whole page again without script."""
    if not request.htmx:
        if problem:
            messages.error(request, problem)
        return redirect("web:self_assess")
    row = _row(request, me, competence, is_fresh=is_fresh, problem=problem)
    status = 409 if problem else 200
    return render(request, "competences/self_assessment/_row.html", {"row": row}, status=status)
