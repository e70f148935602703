"""« Conventions »: posts agreed, made and foreseen, month by month; the manager writes, the head of the group reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from backend.audit import trail
from backend.core import steps
from backend.core.values.numbers import whole_number
from backend.organisations.enums import SIAE_KINDS
from backend.organisations.models import Convention, Organisation
from backend.organisations.permissions import may_write_convention, may_write_conventions, reads_conventions
from backend.web.access import only
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_form
from pathways.rules.conventions import YEARS_AHEAD
from pathways.services.conventions import cancel_convention, correct_convention, record_convention
from reports.fte.figures import StructureFte, fte_report
from reports.fte.tables import PLAN_COLUMNS, plan_rows
from reports.screens.conventions.chart import PlanChart, plan_chart
from reports.screens.conventions.forms import (
    ConventionCancelForm,
    ConventionEditForm,
    ConventionForm,
    as_typed,
)
from reports.screens.taken import csv_file, year_asked


@dataclass(frozen=True, slots=True)
class Shown:
    """One structure of the page."""

    figures: StructureFte
    chart: PlanChart | None
    may_write: bool


@only(reads_conventions)
@require_safe
def conventions(request: ActorRequest) -> HttpResponse:
    """The year asked for, this one by default; every structure one answers for, with or without a convention."""
    actor, today = request.actor, timezone.localdate()
    form, year, status = year_asked(request, today=today, ahead=YEARS_AHEAD)
    shown = [
        Shown(each, plan_chart(each.plan), may_write_convention(actor, each.organisation.pk))
        for each in fte_report(actor, year, is_whole=True)
    ]
    context = {
        "form": form,
        "year": year,
        "shown": shown,
        "drifting": [s for s in shown if s.figures.plan.is_drifting],
    }
    return render(request, "reports/conventions/page.html", context, status=status)


@only(reads_conventions)
@require_safe
def conventions_file(request: ActorRequest, year: int) -> HttpResponse:
    """The same tables as a csv: sums only, no name of anybody."""
    report = fte_report(request.actor, year) if 1979 <= year <= 2100 else []
    trail.record(request.actor, "conventions.exported", year=year)
    return csv_file(f"conventions-{year}", PLAN_COLUMNS, plan_rows(report))


@only(may_write_conventions)
def convention_new(request: ActorRequest, pk: int) -> HttpResponse:
    """The convention of a year, in one's own structure."""
    places = Organisation.objects.covered_by(request.actor).filter(kind__in=SIAE_KINDS)
    place = get_object_or_404(places, pk=pk)
    first = whole_number(request.GET.get("annee", ""), at_most=2100) or timezone.localdate().year
    form = ConventionForm(request.POST or None, initial={"year": first})

    def act(values: dict[str, Any]) -> str:
        return _address(record_convention(actor=request.actor, organisation=place, **values).year)

    page = FormPage(
        title="Écrire une convention",
        line=f"{place} · ce que l’annexe financière dit pour une année",
        back=reverse("web:conventions"),
        done="La convention est enregistrée.",
    )
    return answer_form(request, form, page, act)


@only(may_write_conventions)
def convention_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """What it should have said, or what an avenant changed."""
    row = _mine(request, pk)
    form = ConventionEditForm(request.POST or None, initial={**as_typed(row), "version": steps.seen(row)})

    def act(values: dict[str, Any]) -> str:
        seen = values.pop("version")
        return _address(correct_convention(actor=request.actor, convention=row, seen=seen, **values).year)

    return answer_form(
        request, form, _page(row, "Corriger la convention", "La convention est corrigée."), act
    )


@only(may_write_conventions)
def convention_cancel(request: ActorRequest, pk: int) -> HttpResponse:
    """Typed by mistake: it goes, and the trail keeps who took it back."""
    row = _mine(request, pk)
    form = ConventionCancelForm(request.POST or None, initial={"version": steps.seen(row)})

    def act(values: dict[str, Any]) -> str:
        cancel_convention(actor=request.actor, convention=row, seen=values["version"])
        return _address(row.year)

    page = _page(row, "Annuler la convention", "La convention est annulée.", submit="Annuler la convention")
    return answer_form(request, form, page, act)


def _mine(request: ActorRequest, pk: int) -> Convention:
    rows = Convention.objects.visible_to(request.actor).select_related("organisation")
    row: Convention = get_object_or_404(rows, pk=pk)
    if not may_write_convention(request.actor, row.organisation_id):
        raise Http404
    return row


def _page(row: Convention, title: str, done: str, **more: Any) -> FormPage:
    return FormPage(
        title=title,
        line=f"{row}",
        back=_address(row.year),
        done=done,
        version_now=lambda: steps.seen(Convention.objects.get(pk=row.pk)),
        **more,
    )


def _address(year: int) -> str:
    return f"{reverse('web:conventions')}?annee={year}"
