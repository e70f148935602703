"""« Carence »: the days without contract of a year, and the file to take away."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from backend.audit import trail
from backend.web.access import only
from backend.web.permissions import reads_the_day
from backend.web.requests import ActorRequest
from pathways.models import Beneficiary
from pathways.permissions import follows_own_people
from reports.gaps.figures import YEARS_SHOWN, gap_report
from reports.gaps.tables import GAP_COLUMNS
from reports.permissions import may_export
from reports.screens.gaps.chart import HEIGHT, bars_of
from reports.screens.taken import csv_file, year_asked

PAIRS_SHOWN = 10
"""Those that cost the most days; the others are folded under them."""


@only(may_export)
@require_GET
def gaps(request: ActorRequest) -> HttpResponse:
    """The year asked for, this one by default."""
    today = timezone.localdate()
    form, year, status = year_asked(request, today=today)
    report = gap_report(request.actor, year, today=today)
    named = Beneficiary.objects.visible_to(request.actor).in_bulk({each.person for each in report.longest})
    context = {
        "form": form,
        "report": report,
        "pairs": report.pairs[:PAIRS_SHOWN],
        "more_pairs": report.pairs[PAIRS_SHOWN:],
        "bars": bars_of(report.years),
        "height": HEIGHT,
        "longest": [(named[each.person], each) for each in report.longest if each.person in named],
        "is_own_people": follows_own_people(request.actor),
        "years_shown": YEARS_SHOWN,
        "may_watch": reads_the_day(request.actor),
    }
    return render(request, "reports/gaps/page.html", context, status=status)


@only(may_export)
@require_GET
def gaps_file(request: ActorRequest, year: int) -> HttpResponse:
    """The pairs of the year as a csv: sums only, no name of anybody."""
    today = timezone.localdate()
    pairs = gap_report(request.actor, year, today=today).pairs if 1979 <= year <= 2100 else []
    trail.record(request.actor, "gaps.exported", year=year)
    return csv_file(f"carence-{year}", GAP_COLUMNS, pairs)
