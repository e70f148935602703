"""The page of a PASS IAE, and what is done to it: suspended, prolonged, closed, each taken back when it was a mistake."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backend.core.values.dates import french_date
from backend.files.services import attach
from backend.web.access import only
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_action, answer_form, say_remarks
from pathways.models import Beneficiary, IaePass, PassProlongation, PassSuspension
from pathways.permissions import may_change_pass, may_manage_people
from pathways.rules.dated.rows import CLOSING_MONTHS
from pathways.screens.passes.forms import (
    CancelForm,
    CloseForm,
    DecisionFileForm,
    ProlongationAnswerForm,
    ProlongationEditForm,
    ProlongationForm,
    SuspensionEditForm,
    SuspensionForm,
)
from pathways.screens.passes.page import cards_of, derogations_of_page
from pathways.selectors.facts.rights import place_of
from pathways.selectors.rule_book import read_book
from pathways.services import (
    answer_prolongation,
    ask_prolongation,
    cancel_prolongation,
    cancel_suspension,
    close_pass,
    correct_prolongation,
    correct_suspension,
    record_suspension,
    reopen_pass,
)


@only(may_manage_people)
@require_safe
def pass_page(request: ActorRequest, pk: int) -> HttpResponse:
    """Every PASS of a person: what is left and how it is counted, what moved it; then the derogations."""
    actor, today = request.actor, timezone.localdate()
    person = get_object_or_404(Beneficiary.objects.accompanied_by(actor), pk=pk)
    may_change = may_change_pass(actor, person)
    page = {
        "person": person,
        "cards": cards_of(actor, person, today=today, book=read_book()),
        "derogations": derogations_of_page(actor, person, today=today),
        "may_change": may_change,
        "place": place_of(actor, person.pk) if may_change else None,
        "today": today,
    }
    return render(request, "pathways/passes/page.html", page)


@only(may_manage_people)
def suspension_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Suspend a PASS."""
    iae = _pass(request, pk)

    def act(values: dict[str, Any]) -> str:
        _, found = record_suspension(actor=request.actor, iae_pass=iae, **values)
        say_remarks(request, found)
        return _page_of(iae)

    line = f"La fin du PASS, aujourd’hui le {french_date(iae.ends_on)}, reculera d’autant de jours, le premier non compté, comme sur les Emplois de l’inclusion."
    page = _form_page(iae, "Suspendre le PASS IAE", line, "Le PASS est suspendu.", adds=True)
    return answer_form(request, SuspensionForm(request.POST or None), page, act)


@only(may_manage_people)
def suspension_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct a suspension, or end it earlier."""
    row = _suspension(request, pk)
    initial = {name: getattr(row, name) for name in ("motive", "starts_on", "ends_on", "version")}

    def act(values: dict[str, Any]) -> str:
        _, found = correct_suspension(actor=request.actor, suspension=row, **values)
        say_remarks(request, found)
        return _page_of(row.iae_pass)

    line = "Pour la terminer plus tôt, changez son dernier jour : la fin du PASS suit."
    page = _form_page(
        row.iae_pass, "Corriger ou terminer la suspension", line, "La suspension est corrigée.", row=row
    )
    return answer_form(request, SuspensionEditForm(request.POST or None, initial=initial), page, act)


@only(may_manage_people)
def suspension_cancel(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a suspension back."""
    row = _suspension(request, pk)

    def act(values: dict[str, Any]) -> str:
        cancel_suspension(actor=request.actor, suspension=row, **values)
        return _page_of(row.iae_pass)

    page = _form_page(
        row.iae_pass,
        "Annuler la suspension",
        "Enregistrée par erreur : la fin du PASS revient d’autant.",
        "La suspension est annulée.",
        row=row,
        submit="Annuler la suspension",
    )
    return answer_form(request, CancelForm(request.POST or None, initial={"version": row.version}), page, act)


@only(may_manage_people)
def prolongation_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask for a prolongation."""
    iae = _pass(request, pk)

    def act(values: dict[str, Any]) -> str:
        ask_prolongation(actor=request.actor, iae_pass=iae, **values)
        return _page_of(iae)

    line = f"Elle se demande sur la plateforme des Emplois de l’inclusion ; ici, on en garde la trace. Depuis la fin actuelle, le {french_date(iae.ends_on)}."
    page = _form_page(
        iae, "Noter une demande de prolongation", line, "La demande est enregistrée.", adds=True
    )
    form = ProlongationForm(request.POST or None, initial={"asked_on": timezone.localdate()})
    return answer_form(request, form, page, act)


@only(may_manage_people)
def prolongation_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct a request."""
    row = _prolongation(request, pk)
    names = ("motive", "ends_on", "asked_on", "prescriber", "document", "document_on", "version")
    initial = {name: getattr(row, name) for name in names}

    def act(values: dict[str, Any]) -> str:
        correct_prolongation(actor=request.actor, prolongation=row, **values)
        return _page_of(row.iae_pass)

    page = _form_page(row.iae_pass, "Corriger la demande", str(row), "La demande est corrigée.", row=row)
    return answer_form(request, ProlongationEditForm(request.POST or None, initial=initial), page, act)


@only(may_manage_people)
def prolongation_answer(request: ActorRequest, pk: int) -> HttpResponse:
    """Write what the prescripteur answered."""
    row = _prolongation(request, pk)
    initial = {"version": row.version, "prescriber": row.prescriber, "decided_on": timezone.localdate()}

    def act(values: dict[str, Any]) -> str:
        answer_prolongation(actor=request.actor, prolongation=row, **values)
        return _page_of(row.iae_pass)

    page = _form_page(
        row.iae_pass, "La réponse du prescripteur", str(row), "La réponse est enregistrée.", row=row
    )
    return answer_form(request, ProlongationAnswerForm(request.POST or None, initial=initial), page, act)


@only(may_manage_people)
@require_http_methods(["GET", "HEAD", "POST"])
def prolongation_file(request: ActorRequest, pk: int) -> HttpResponse:
    """Join the document of a request."""
    row = _prolongation(request, pk)

    def act(values: dict[str, Any]) -> str:
        attach(actor=request.actor, row=row, sent=values["file"])
        return _page_of(row.iae_pass)

    form = DecisionFileForm(request.POST or None, request.FILES or None)
    page = _form_page(row.iae_pass, "Joindre une pièce", str(row), "La pièce est jointe.", adds=True)
    return answer_form(request, form, page, act)


@only(may_manage_people)
def prolongation_cancel(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a request back."""
    row = _prolongation(request, pk)

    def act(values: dict[str, Any]) -> str:
        cancel_prolongation(actor=request.actor, prolongation=row, **values)
        return _page_of(row.iae_pass)

    page = _form_page(
        row.iae_pass,
        "Annuler la demande",
        "Enregistrée par erreur : accordée, la fin du PASS revient d’autant.",
        "La demande est annulée.",
        row=row,
        submit="Annuler la demande",
    )
    return answer_form(request, CancelForm(request.POST or None, initial={"version": row.version}), page, act)


@only(may_manage_people)
def pass_close(request: ActorRequest, pk: int) -> HttpResponse:
    """Close a pathway after a long suspension."""
    iae = _pass(request, pk)

    def act(values: dict[str, Any]) -> str:
        close_pass(actor=request.actor, iae_pass=iae, **values)
        return _page_of(iae)

    months = read_book().whole(CLOSING_MONTHS, on=timezone.localdate())
    line = f"Après {months} mois de suspension d’affilée, et après examen de la situation ; la personne en est avertie par écrit."
    page = _form_page(iae, "Clore le parcours", line, "Le parcours est clos.", submit="Clore le parcours")
    return answer_form(
        request, CloseForm(request.POST or None, initial={"on": timezone.localdate()}), page, act
    )


@only(may_manage_people)
@require_POST
def pass_reopen(request: ActorRequest, pk: int) -> HttpResponse:
    """Go back on a closing recorded by mistake."""
    iae = _pass(request, pk)
    return answer_action(
        request,
        act=lambda: reopen_pass(actor=request.actor, iae_pass=iae),
        done="La clôture est retirée.",
        back=_page_of(iae),
    )


def _pass(request: ActorRequest, pk: int) -> IaePass:
    seen = IaePass.objects.visible_to(request.actor).select_related("beneficiary")
    return _if_mine(request, get_object_or_404(seen, pk=pk))


def _if_mine(request: ActorRequest, iae: IaePass) -> IaePass:
    if not may_change_pass(request.actor, iae.beneficiary):
        raise Http404
    return iae


def _suspension(request: ActorRequest, pk: int) -> PassSuspension:
    seen = PassSuspension.objects.visible_to(request.actor).standing().select_related("iae_pass__beneficiary")
    row = get_object_or_404(seen, pk=pk)
    _if_mine(request, row.iae_pass)
    return row


def _prolongation(request: ActorRequest, pk: int) -> PassProlongation:
    seen = PassProlongation.objects.visible_to(request.actor).standing()
    row = get_object_or_404(seen.select_related("iae_pass__beneficiary"), pk=pk)
    _if_mine(request, row.iae_pass)
    return row


def _page_of(iae: IaePass) -> str:
    return reverse("web:pass", args=[iae.beneficiary_id])


def _form_page(
    iae: IaePass,
    title: str,
    line: str,
    done: str,
    *,
    row: PassSuspension | PassProlongation | None = None,
    submit: str = "Enregistrer",
    adds: bool = False,
) -> FormPage:
    return FormPage(
        title=title,
        line=f"{iae.beneficiary} · {line}",
        back=_page_of(iae),
        done=done,
        submit=submit,
        adds=adds,
        version_now=(lambda: type(row).objects.get(pk=row.pk).version) if row is not None else None,
    )
