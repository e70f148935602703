"""Correcting one's own interview; when it changed in between, both texts stand side by side."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from backend.core.errors import Conflict, errors_on
from backend.web.access import only
from backend.web.refused import drop_refused, give_back
from backend.web.requests import ActorRequest
from pathways.models import Interview, PrivateNote
from pathways.permissions import may_edit_interview, may_keep_private_note, may_manage_people
from pathways.screens.follow_ups.forms import InterviewEditForm
from pathways.services import edit_interview


@only(may_manage_people)
def edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Change the synthesis or the private note of an interview one wrote."""
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
    initial = {"version": interview.version, "synthesis": interview.synthesis, "private_note": note}
    form = InterviewEditForm(request.POST or None, initial=initial)
    if not may_keep_private_note(request.actor):
        del form.fields["private_note"]
    return form


def _save(request: ActorRequest, interview: Interview, form: InterviewEditForm) -> None:
    edit_interview(
        actor=request.actor,
        interview=interview,
        version=form.cleaned_data["version"],
        synthesis=form.cleaned_data["synthesis"],
        private_note=form.cleaned_data.get("private_note"),
    )


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
