"""Task analyses: opening one, writing a task at a time, giving it back to the employer."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backend.core.errors import errors_on
from backend.web.access import only
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_action, answer_form, do_once
from competences.selectors.wording import find_competences, trades_of
from employers.models import Establishment, TaskAnalysis, WorkTask
from employers.permissions import may_work_with_employers
from employers.screens.analyses.cards import task_cards, team_marks, what_goes_with
from employers.screens.analyses.forms import AnalysisForm, TaskForm, TaskRemoveForm, held_by, known_of
from employers.services import add_task, change_task, open_analysis, remove_task, return_analysis

TASK_FIELDS = "employers/analyses/_task_fields.html"


@only(may_work_with_employers)
@require_http_methods(["GET", "HEAD", "POST"])
def analysis_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Open the analysis of one workplace."""
    actor = request.actor
    place = get_object_or_404(Establishment.objects.visible_to(actor).select_related("employer"), pk=pk)

    def act(values: dict[str, Any]) -> str:
        return reverse("web:analysis", args=[open_analysis(actor=actor, establishment=place, **values).pk])

    page = FormPage(
        title="Une analyse de tâches",
        line=f"{place}, {place.employer}. Convenez-en avec l’employeur et son équipe ; personne n’y est nommé.",
        back=reverse("web:employer", args=[place.employer_id]),
        submit="Commencer",
        done="L’analyse est ouverte. Notez les tâches une par une.",
        adds=True,
    )
    return answer_form(request, AnalysisForm(request.POST or None), page, act)


@only(may_work_with_employers)
@require_safe
def analysis(request: ActorRequest, pk: int) -> HttpResponse:
    """The tasks seen, as cards, and the card that waits for the next one."""
    return render(
        request, "employers/analyses/analysis.html", _context(request, _analysis(request, pk), TaskForm())
    )


@only(may_work_with_employers)
@require_http_methods(["GET", "HEAD", "POST"])
def task_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Write one task: added to the page in place, or on a page of its own without script."""
    found = _analysis(request, pk)
    form = TaskForm(request.POST or None, trades=trades_of(request.actor))

    def act(values: dict[str, Any]) -> str:
        add_task(actor=request.actor, analysis=found, **values)
        return f"{reverse('web:analysis', args=[pk])}#tache-suivante"

    if request.htmx.target == "tasks":
        return _in_place(request, found, form, act)
    page = FormPage(
        title="Noter une tâche",
        line=str(found),
        back=reverse("web:analysis", args=[pk]),
        submit="Noter la tâche",
        done="La tâche est notée.",
        adds=True,
        fields=TASK_FIELDS,
    )
    return answer_form(request, form, page, act)


@only(may_work_with_employers)
@require_http_methods(["GET", "HEAD", "POST"])
def task_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct one task."""
    task = _task(request, pk)
    # The sheet opens over a page that already holds a form of the same fields: ids must differ.
    form = TaskForm(
        request.POST or None,
        initial=known_of(task),
        auto_id="edit_%s",
        held=held_by(task),
        trades=trades_of(request.actor),
    )

    def act(values: dict[str, Any]) -> str:
        change_task(actor=request.actor, task=task, **values)
        return reverse("web:analysis", args=[task.analysis_id])

    page = FormPage(
        title="Corriger la tâche",
        line=str(task.analysis),
        back=reverse("web:analysis", args=[task.analysis_id]),
        done="La tâche est à jour.",
        fields=TASK_FIELDS,
        about=task,
    )
    return answer_form(request, form, page, act)


@only(may_work_with_employers)
@require_http_methods(["GET", "HEAD", "POST"])
def task_remove(request: ActorRequest, pk: int) -> HttpResponse:
    """Take out a task written by mistake, once what goes with it was read."""
    task = _task(request, pk)

    def act(values: dict[str, Any]) -> str:
        remove_task(actor=request.actor, task=task)
        return reverse("web:analysis", args=[task.analysis_id])

    page = FormPage(
        title=f"Retirer « {task} » ?",
        line=what_goes_with(task),
        back=reverse("web:analysis", args=[task.analysis_id]),
        submit="Retirer la tâche",
        done="La tâche est retirée.",
        about=task,
    )
    return answer_form(request, TaskRemoveForm(request.POST if request.method == "POST" else None), page, act)


@only(may_work_with_employers)
@require_POST
def analysis_return(request: ActorRequest, pk: int) -> HttpResponse:
    """Give the analysis back: the employer sees it from now on."""
    found = _analysis(request, pk)
    return answer_action(
        request,
        act=lambda: return_analysis(actor=request.actor, analysis=found),
        done="L’analyse est restituée : l’employeur la voit dans « Mes besoins ».",
        back=reverse("web:analysis", args=[pk]),
    )


@only(may_work_with_employers)
@require_safe
def competence_search(request: ActorRequest) -> HttpResponse:
    """What the words typed may mean, as options of the input they were typed in."""
    text = str(next(iter(request.GET.values()), ""))
    found = find_competences(text, trades=trades_of(request.actor))
    return render(request, "employers/analyses/_competence_options.html", {"found": found})


def _in_place(request: ActorRequest, found: TaskAnalysis, form: TaskForm, act: Any) -> HttpResponse:
    if form.is_valid():
        with errors_on(form):
            do_once(request, form, act)
    if form.is_valid():
        return render(
            request, "employers/analyses/_tasks.html", _context(request, found, TaskForm(), added=True)
        )
    return render(request, "employers/analyses/_tasks.html", _context(request, found, form), status=422)


def _context(
    request: ActorRequest, found: TaskAnalysis, form: TaskForm, *, added: bool = False
) -> dict[str, Any]:
    actor = request.actor
    cards = task_cards(WorkTask.objects.visible_to(actor).filter(analysis=found), marks=team_marks)
    return {
        "analysis": found,
        "cards": cards,
        "form": form,
        "added": added,
        "may_write": may_work_with_employers(actor),
    }


def _analysis(request: ActorRequest, pk: int) -> TaskAnalysis:
    rows = TaskAnalysis.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related("establishment__employer"), pk=pk)


def _task(request: ActorRequest, pk: int) -> WorkTask:
    rows = WorkTask.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related("analysis__establishment__employer"), pk=pk)
