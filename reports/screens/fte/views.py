"""« ETP »: the posts that the hours of a year make, structure by structure, and the file to take away."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from backend.audit import trail
from backend.organisations.permissions import reads_conventions
from backend.web.access import only
from backend.web.requests import ActorRequest
from pathways.permissions import follows_own_people
from reports.fte.figures import fte_report
from reports.fte.tables import FTE_COLUMNS, fte_rows
from reports.permissions import may_export
from reports.screens.taken import csv_file, year_asked


@only(may_export)
@require_GET
def fte(request: ActorRequest) -> HttpResponse:
    """The year asked for, this one by default."""
    form, year, status = year_asked(request, today=timezone.localdate())
    report = fte_report(request.actor, year)
    example = next(
        (
            (each, month)
            for each in report
            for month in reversed(each.months)
            if month.hours and month.fte is not None
        ),
        None,
    )
    context = {
        "form": form,
        "year": year,
        "report": report,
        "example": example,
        "may_read_conventions": reads_conventions(request.actor),
        "is_own_people": follows_own_people(request.actor),
    }
    return render(request, "reports/fte/page.html", context, status=status)


@only(may_export)
@require_GET
def fte_file(request: ActorRequest, year: int) -> HttpResponse:
    """The same table as a csv: sums only, no name of anybody."""
    report = fte_report(request.actor, year) if 1979 <= year <= 2100 else []
    trail.record(request.actor, "fte.exported", year=year)
    return csv_file(f"etp-{year}", FTE_COLUMNS, fte_rows(report))
