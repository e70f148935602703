"""The page of a person's eligibility, and what is done to a diagnosis: made, completed, shown by a document, taken back."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from backend.core.values.text import of_name
from backend.files.services import attach
from backend.web.access import only
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_form
from pathways.enums import DiagnosedBy
from pathways.models import Beneficiary, EligibilityDiagnosis, EntryProfile
from pathways.permissions import may_change_diagnosis, may_diagnose, may_manage_people
from pathways.screens.eligibility.forms import DiagnosisEditForm, DiagnosisFileForm, DiagnosisForm, day_name
from pathways.screens.eligibility.page import cards_of, summary_of
from pathways.screens.passes.forms import CancelForm
from pathways.selectors.facts.eligibility import suggested
from pathways.selectors.facts.rights import place_of
from pathways.selectors.rule_book import read_book
from pathways.services import cancel_diagnosis, correct_diagnosis, record_diagnosis

_FIELDS = "pathways/eligibility/_fields.html"


@only(may_manage_people)
@require_safe
def eligibility_page(request: ActorRequest, pk: int) -> HttpResponse:
    """What is missing for this structure, then every diagnosis with its criteria and its documents."""
    actor, today, book = request.actor, timezone.localdate(), read_book()
    person = get_object_or_404(Beneficiary.objects.accompanied_by(actor), pk=pk)
    may_write = may_diagnose(actor, person)
    place = place_of(actor, pk) if may_write else None
    page = {
        "person": person,
        "place": place,
        "summary": summary_of(actor, person, kind=place.organisation.kind, today=today, book=book)
        if place
        else None,
        "cards": cards_of(actor, person, today=today, book=book),
        "may_write": may_write,
    }
    return render(request, "pathways/eligibility/page.html", page)


@only(may_manage_people)
@require_http_methods(["GET", "HEAD", "POST"])
def diagnosis_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Record a diagnosis; what is already known of the person is ticked beforehand."""
    actor, today = request.actor, timezone.localdate()
    person = get_object_or_404(Beneficiary.objects.accompanied_by(actor), pk=pk)
    if not may_diagnose(actor, person):
        raise Http404
    profile = EntryProfile.objects.visible_to(actor).filter(beneficiary=person).first()
    known = {
        "made_by": DiagnosedBy.EMPLOYER,
        "made_on": today,
        "criteria": suggested(person, profile, on=today),
    }
    form = DiagnosisForm(request.POST or None, request.FILES or None, initial=known)

    def act(values: dict[str, Any]) -> str:
        record_diagnosis(actor=actor, beneficiary=person, **values)
        return reverse("web:eligibility", args=[pk])

    page = FormPage(
        title=f"L’éligibilité {of_name(person)}",
        line="Ce qui est déjà connu de sa situation est coché : vérifiez, puis notez les pièces vues.",
        back=reverse("web:eligibility", args=[pk]),
        done="Le diagnostic est enregistré.",
        fields=_FIELDS,
        adds=True,
    )
    return answer_form(request, form, page, act)


@only(may_manage_people)
@require_http_methods(["GET", "HEAD", "POST"])
def diagnosis_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Complete or correct a diagnosis."""
    row = _diagnosis(request, pk)
    names = ("made_by", "made_on", "prescriber", "declared_on", "criteria", "version")
    initial = {name: getattr(row, name) for name in names}
    initial |= {day_name(code): day for code, day in row.documents.items()}
    form = DiagnosisEditForm(request.POST or None, request.FILES or None, initial=initial)

    def act(values: dict[str, Any]) -> str:
        correct_diagnosis(actor=request.actor, diagnosis=row, **values)
        return reverse("web:eligibility", args=[row.beneficiary_id])

    page = _form_page(row, "Compléter le diagnostic", "Le diagnostic est à jour.", fields=_FIELDS)
    return answer_form(request, form, page, act)


@only(may_manage_people)
@require_http_methods(["GET", "HEAD", "POST"])
def diagnosis_file(request: ActorRequest, pk: int) -> HttpResponse:
    """Join a document to a diagnosis."""
    row = _diagnosis(request, pk)

    def act(values: dict[str, Any]) -> str:
        attach(actor=request.actor, row=row, sent=values["file"])
        return reverse("web:eligibility", args=[row.beneficiary_id])

    page = _form_page(row, "Joindre une pièce", "La pièce est jointe.", adds=True)
    form = DiagnosisFileForm(request.POST or None, request.FILES or None)
    return answer_form(request, form, page, act)


@only(may_manage_people)
@require_http_methods(["GET", "HEAD", "POST"])
def diagnosis_cancel(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a diagnosis back."""
    row = _diagnosis(request, pk)

    def act(values: dict[str, Any]) -> str:
        cancel_diagnosis(actor=request.actor, diagnosis=row, **values)
        return reverse("web:eligibility", args=[row.beneficiary_id])

    page = _form_page(
        row, "Annuler le diagnostic", "Le diagnostic est annulé.", submit="Annuler le diagnostic"
    )
    return answer_form(request, CancelForm(request.POST or None, initial={"version": row.version}), page, act)


def _diagnosis(request: ActorRequest, pk: int) -> EligibilityDiagnosis:
    seen = EligibilityDiagnosis.objects.visible_to(request.actor).standing()
    row = get_object_or_404(seen.select_related("beneficiary", "organisation"), pk=pk)
    if not may_change_diagnosis(request.actor, row):
        raise Http404
    return row


def _form_page(
    row: EligibilityDiagnosis, title: str, done: str, *, submit: str = "Enregistrer", **more: Any
) -> FormPage:
    return FormPage(
        title=title,
        line=f"{row.beneficiary} · {row}",
        back=reverse("web:eligibility", args=[row.beneficiary_id]),
        done=done,
        submit=submit,
        version_now=lambda: EligibilityDiagnosis.objects.get(pk=row.pk).version,
        **more,
    )
