"""The page of the rights that follow a person, and what is noted there: medical visits, days saved."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from backend.core.values.text import of_name
from backend.web.access import only
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_form, say_remarks
from pathways.enums.travelling import Destination, Tie
from pathways.models import Beneficiary, MedicalVisit, SavedDays
from pathways.permissions import (
    may_change_saved,
    may_change_visit,
    may_manage_people,
    may_record_saved,
    may_record_visit,
    reads_own_thread,
    reads_rights_that_travel,
)
from pathways.rules.travelling.facts import Border
from pathways.screens.travelling.forms import (
    BorderForm,
    SavedCancelForm,
    SavedCorrectForm,
    SavedForm,
    VisitCancelForm,
    VisitCorrectForm,
    VisitForm,
    saved_typed,
    visit_typed,
)
from pathways.screens.travelling.page import follow_of, heaps, saved_lines, visit_lines
from pathways.selectors.following.travelling import border_ahead, crossing
from pathways.services import (
    cancel_saved_days,
    cancel_visit,
    correct_saved_days,
    correct_visit,
    record_saved_days,
    record_visit,
)
from pathways.services.rights.saved_days import saved_findings_of

_ONLY_THE_PAPER = "Seulement ce que le papier remis à l’employeur dit : jamais la santé de la personne."


@only(reads_rights_that_travel)
@require_safe
def rights_page(request: ActorRequest, pk: int) -> HttpResponse:
    """What becomes of each right at the next border, or at the one asked about; then all that is noted."""
    actor, today = request.actor, timezone.localdate()
    person = get_object_or_404(Beneficiary.objects.accompanied_by(actor), pk=pk)
    border = border_ahead(actor, person, today)
    first = {"vers": border.to, "lien": border.tie, "le": border.on}
    form = BorderForm(request.GET, initial=first) if "vers" in request.GET else BorderForm(initial=first)
    if form.is_bound and form.is_valid():
        border = _asked(form.cleaned_data, border)
    ahead = crossing(actor, person, border, today)
    page = {
        "person": person,
        "is_own": reads_own_thread(actor),
        "form": form,
        "ahead": ahead,
        "heaps": heaps(ahead.rights),
        "follow": follow_of(actor, pk, today),
        "visits": visit_lines(actor, pk, today),
        "saved": saved_lines(actor, pk, today),
        "may_note": may_record_visit(actor, person),
    }
    return render(request, "pathways/travelling/page.html", page)


def _asked(said: dict[str, Any], ahead: Border) -> Border:
    job = said["metier"]
    jobs = (job,) if job else ()
    return ahead.asked(on=said["le"], to=Destination(said["vers"]), tie=Tie(said["lien"]), jobs=jobs)


@only(may_manage_people)
def visit_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Note a visit already made."""
    person = get_object_or_404(Beneficiary.objects.accompanied_by(request.actor), pk=pk)
    if not may_record_visit(request.actor, person):
        raise Http404

    def act(values: dict[str, Any]) -> str:
        record_visit(actor=request.actor, beneficiary=person, **values)
        return _back(pk, "visites")

    page = FormPage(
        title=f"Visite médicale {of_name(person)}",
        line=_ONLY_THE_PAPER,
        back=_back(pk, "visites"),
        done="La visite est notée.",
        adds=True,
    )
    return answer_form(request, VisitForm(request.POST or None), page, act)


@only(may_manage_people)
def visit_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct a visit."""
    visit = _visit(request, pk)
    back = _back(visit.beneficiary_id, "visites")

    def act(values: dict[str, Any]) -> str:
        correct_visit(actor=request.actor, visit=visit, **values)
        return back

    page = FormPage(
        title=f"Corriger la visite {of_name(visit.beneficiary)}",
        line=_ONLY_THE_PAPER,
        back=back,
        done="La visite est corrigée.",
        version_now=lambda: MedicalVisit.objects.get(pk=visit.pk).version,
    )
    return answer_form(request, VisitCorrectForm(request.POST or None, initial=visit_typed(visit)), page, act)


@only(may_manage_people)
def visit_cancel(request: ActorRequest, pk: int) -> HttpResponse:
    """Take back what was written by mistake."""
    visit = _visit(request, pk)
    back = _back(visit.beneficiary_id, "visites")

    def act(values: dict[str, Any]) -> str:
        cancel_visit(actor=request.actor, visit=visit, **values)
        return back

    page = FormPage(
        title=f"Annuler la visite {of_name(visit.beneficiary)}",
        line=str(visit),
        back=back,
        done="La visite est annulée.",
        submit="Annuler la visite",
        version_now=lambda: MedicalVisit.objects.get(pk=visit.pk).version,
    )
    form = VisitCancelForm(request.POST or None, initial={"version": visit.version})
    return answer_form(request, form, page, act)


@only(may_manage_people)
def saved_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Note what is left of days off."""
    person = get_object_or_404(Beneficiary.objects.accompanied_by(request.actor), pk=pk)
    if not may_record_saved(request.actor, person):
        raise Http404

    def act(values: dict[str, Any]) -> str:
        saved = record_saved_days(actor=request.actor, beneficiary=person, **values)
        say_remarks(request, saved_findings_of(saved))
        return _back(pk, "jours")

    page = FormPage(
        title=f"Jours épargnés {of_name(person)}",
        line="Ce que votre structure doit aujourd’hui : congés non pris, compte épargne-temps, repos acquis.",
        back=_back(pk, "jours"),
        done="Les jours sont notés.",
        adds=True,
    )
    form = SavedForm(request.POST or None, initial={"counted_on": timezone.localdate()})
    return answer_form(request, form, page, act)


@only(may_manage_people)
def saved_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct a count, or say what became of the days."""
    saved = _saved(request, pk)
    back = _back(saved.beneficiary_id, "jours")

    def act(values: dict[str, Any]) -> str:
        corrected = correct_saved_days(actor=request.actor, saved=saved, **values)
        say_remarks(request, saved_findings_of(corrected))
        return back

    page = FormPage(
        title=f"Corriger les jours épargnés {of_name(saved.beneficiary)}",
        line=str(saved),
        back=back,
        done="Les jours sont corrigés.",
        version_now=lambda: SavedDays.objects.get(pk=saved.pk).version,
    )
    return answer_form(request, SavedCorrectForm(request.POST or None, initial=saved_typed(saved)), page, act)


@only(may_manage_people)
def saved_cancel(request: ActorRequest, pk: int) -> HttpResponse:
    """Take back what was written by mistake."""
    saved = _saved(request, pk)
    back = _back(saved.beneficiary_id, "jours")

    def act(values: dict[str, Any]) -> str:
        cancel_saved_days(actor=request.actor, saved=saved, **values)
        return back

    page = FormPage(
        title=f"Annuler les jours épargnés {of_name(saved.beneficiary)}",
        line=str(saved),
        back=back,
        done="Les jours sont annulés.",
        submit="Annuler ces jours",
        version_now=lambda: SavedDays.objects.get(pk=saved.pk).version,
    )
    form = SavedCancelForm(request.POST or None, initial={"version": saved.version})
    return answer_form(request, form, page, act)


def _visit(request: ActorRequest, pk: int) -> MedicalVisit:
    """A visit that stands, of somebody accompanied today."""
    seen = MedicalVisit.objects.visible_to(request.actor).standing()
    visit = get_object_or_404(seen.select_related("beneficiary", "organisation"), pk=pk)
    if not may_change_visit(request.actor, visit):
        raise Http404
    return visit


def _saved(request: ActorRequest, pk: int) -> SavedDays:
    """Days that stand and that the actor's structure owes."""
    seen = SavedDays.objects.visible_to(request.actor).standing()
    saved = get_object_or_404(seen.select_related("beneficiary", "organisation"), pk=pk)
    if not may_change_saved(request.actor, saved):
        raise Http404
    return saved


def _back(person_id: int, part: str) -> str:
    return f"{reverse('web:rights', args=[person_id])}#{part}"
