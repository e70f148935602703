"""« Un geste, plusieurs personnes » : the team of the day on one page, gesture by gesture, one touch each."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from backend.core.actor import Actor
from backend.core.pages.keepers import only_reads
from backend.web.access import only
from backend.web.forms.search import search_of, to_results
from backend.web.requests import ActorRequest
from competences.models import Competence, GestureList, GestureListLine, Occupation
from competences.permissions import may_keep_gestures, may_observe
from competences.screens.observe.gestures import (
    GestureRow,
    gestures_of_trades,
    in_this_order,
    people_present,
    rows_of,
    trades_at_work,
)
from competences.screens.observe.views import TOGETHER
from competences.selectors.wording import find_competences

FIRST_PEOPLE = 12
"""People shown at once: a team, those one usually sees first."""
MOST_PEOPLE = 40
FROM_TRADES = 8
FOUND = 6


@dataclass(frozen=True, slots=True)
class Work:
    """What the page is about: a list somebody keeps, one trade, or every trade of the team."""

    value: str
    label: str
    kept: GestureList | None = None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One gesture and a row for each person; `done` are those already seen doing it today."""

    competence: Competence
    rows: list[GestureRow]

    @property
    def done(self) -> int:
        """How many were ticked today."""
        return sum(row.today is not None for row in self.rows)


@only_reads
@only(may_observe)
@require_http_methods(["GET", "HEAD", "POST"])
def observe_together(request: ActorRequest) -> HttpResponse:
    """The gestures of a work, the people of the day under each; what a search finds instead, when something is looked for."""
    search = search_of(request, TOGETHER)
    if request.method == "POST":
        return to_results(request, search)
    actor, today = request.actor, timezone.localdate()
    trades = trades_at_work(actor, today)
    works = works_of(actor, trades)
    asked = request.GET.get(TOGETHER, "")
    work = next((each for each in works if each.value == asked), works[0])
    present = people_present(actor, today)
    is_whole = "tous" in request.GET
    people = present[: MOST_PEOPLE if is_whole else FIRST_PEOPLE]
    competences = (
        find_competences(search.text, trades=[trade.rome_code for trade in trades], limit=FOUND)
        if search.text
        else _gestures_of(work)
    )
    rows = rows_of(actor, people, competences, today, names_person=True)
    context = {
        "works": works,
        "work": work,
        "sections": [
            Section(each, [row for row in rows if row.competence.pk == each.pk]) for each in competences
        ],
        "people": people,
        "left_out": len(present) - len(people),
        "text": search.text,
        "query": search.query,
        "may_keep": may_keep_gestures(actor),
        "held": _held_by(work) if search.text else (),
    }
    return render(request, "competences/observe/together.html", context)


def works_of(actor: Actor, trades: list[Occupation]) -> list[Work]:
    """Every trade of the team together, the lists kept here, each trade alone."""
    everything = Work("", "Tous les métiers de l’équipe", codes=tuple(trade.rome_code for trade in trades))
    lists = GestureList.objects.visible_to(actor).proposed()
    return [
        everything,
        *(Work(str(kept.pk), kept.label, kept) for kept in lists),
        *(Work(trade.rome_code, trade.label, codes=(trade.rome_code,)) for trade in trades),
    ]


def _gestures_of(work: Work) -> list[Competence]:
    if work.kept is None:
        return gestures_of_trades(work.codes, limit=FROM_TRADES)
    return in_this_order(_held_by(work))


def _held_by(work: Work) -> list[int]:
    lines = GestureListLine.objects.filter(gesture_list=work.kept)
    return list(lines.values_list("competence_id", flat=True)) if work.kept else []
