"""Correcting or taking back one's own interview; when it changed in between, both texts stand side by side."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from backend.core.errors import Conflict, errors_on
from backend.core.values.dates import french_date
from backend.web.access import only
from backend.web.kept.refused import drop_refused, give_back
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_form
from pathways.models import Interview, PrivateNote
from pathways.permissions import may_edit_interview, may_keep_private_note, may_manage_people
from pathways.screens.follow_ups.forms import CancelInterviewForm, InterviewEditForm
from pathways.services import cancel_interview, edit_interview
from pathways.services.corrections.interviews import leaving_with


@only(may_manage_people)
def edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct an interview one wrote: its day, kind, length, topics, freins and texts."""
    actor = request.actor
    interview = get_object_or_404(Interview.objects.visible_to(actor), pk=pk)
    if not may_edit_interview(actor, interview):
        raise Http404
    note = PrivateNote.objects.visible_to(actor).filter(interview=interview).first()
    form = _form(request, interview, note.text if note else "")
    give_back(request, form)
    if request.method == "POST" and form.is_valid():
        try:
            with errors_on_unless_conflict(form):
                _save(request, interview, form)
        except Conflict:
            return _conflict(request, interview, form)
        if form.is_valid():
            drop_refused(request, form.cleaned_data["form_id"])
            messages.success(request, "L’entretien est corrigé.")
            return redirect("web:person", interview.beneficiary_id)
    status = 422 if request.method == "POST" else 200
    return render(
        request, "pathways/follow_ups/edit.html", {"form": form, "interview": interview}, status=status
    )


def _form(request: ActorRequest, interview: Interview, note: str) -> InterviewEditForm:
    keeps_notes = may_keep_private_note(request.actor)
    return InterviewEditForm(request.POST or None, interview=interview, note=note, keeps_notes=keeps_notes)


def _save(request: ActorRequest, interview: Interview, form: InterviewEditForm) -> None:
    values = {name: value for name, value in form.cleaned_data.items() if name != "form_id"}
    if values["happened_at"] == interview.happened_at.replace(second=0, microsecond=0):
        del values["happened_at"]  # the browser's clock has no seconds: nothing was corrected
    edit_interview(actor=request.actor, interview=interview, **values)


@only(may_manage_people)
def cancel(request: ActorRequest, pk: int) -> HttpResponse:
    """Take back an interview one recorded by mistake, after reading what goes with it."""
    actor = request.actor
    interview = get_object_or_404(Interview.objects.visible_to(actor), pk=pk)
    if not may_edit_interview(actor, interview):
        raise Http404
    person_id = interview.beneficiary_id
    form = CancelInterviewForm(request.POST or None, initial={"version": interview.version})

    def act(values: dict[str, Any]) -> str:
        cancel_interview(actor=actor, interview=interview, **values)
        return reverse("web:person", args=[person_id])

    page = FormPage(
        title="Annuler cette saisie",
        line=f"{interview.beneficiary}, entretien du {french_date(timezone.localdate(interview.happened_at))}",
        back=reverse("web:interview_edit", args=[pk]),
        submit="Annuler la saisie",
        done="La saisie est annulée. Le journal garde qui l’a annulée, quand et pourquoi.",
        fields="pathways/follow_ups/_cancel_fields.html",
        extra={"left": leaving_with(interview)},
        version_now=lambda: Interview.objects.get(pk=pk).version,
    )
    return answer_form(request, form, page, act)


def _conflict(request: ActorRequest, interview: Interview, form: InterviewEditForm) -> HttpResponse:
    """Nothing was written: both texts are shown, and one text can hold them both."""
    interview.refresh_from_db()
    mine = form.cleaned_data["synthesis"]
    form.renew("version", str(interview.version))
    form.renew("synthesis", "\n\n".join(text for text in (interview.synthesis, mine) if text))
    context = {"form": form, "interview": interview, "mine": mine}
    return render(request, "pathways/follow_ups/conflict.html", context, status=409)


class errors_on_unless_conflict:
    """Like `errors_on`, leaving a conflict to the caller."""

    def __init__(self, form: InterviewEditForm) -> None:
        self._translate = errors_on(form)

    def __enter__(self) -> None:
        self._translate.__enter__()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        if isinstance(error, Conflict):
            return False
        return bool(self._translate.__exit__(kind, error, trace))  # type: ignore[arg-type]
