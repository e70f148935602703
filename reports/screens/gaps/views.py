"""« Carence »: the days without contract of a year, and the file to take away."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from backend.audit import trail
from backend.core.tables.exports import CSV_ENCODING, csv_text
from backend.web.access import only
from backend.web.permissions import reads_the_day
from backend.web.requests import ActorRequest
from pathways.models import Beneficiary
from pathways.permissions import follows_own_people
from reports.gaps.figures import YEARS_SHOWN, gap_report
from reports.gaps.tables import GAP_COLUMNS
from reports.permissions import may_export
from reports.screens.exits.forms import FinishedYearForm
from reports.screens.gaps.chart import HEIGHT, bars_of

PAIRS_SHOWN = 10
"""Those that cost the most days; the others are folded under them."""


@only(may_export)
@require_GET
def gaps(request: ActorRequest) -> HttpResponse:
    """The year asked for, this one by default."""
    today = timezone.localdate()
    # The form offers finished years; this one, still running, is offered too.
    form = FinishedYearForm(
        request.GET or {"annee": today.year}, today=today.replace(year=today.year + 1, day=1)
    )
    valid = form.is_valid()
    year = (form.cleaned_data.get("annee") if valid else None) or today.year
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
    return render(request, "reports/gaps/page.html", context, status=200 if valid else 422)


@only(may_export)
@require_GET
def gaps_file(request: ActorRequest, year: int) -> HttpResponse:
    """The pairs of the year as a csv: sums only, no name of anybody."""
    today = timezone.localdate()
    pairs = gap_report(request.actor, year, today=today).pairs if 1979 <= year <= 2100 else []
    trail.record(request.actor, "gaps.exported", year=year)
    written = csv_text(GAP_COLUMNS, pairs).encode(CSV_ENCODING)
    return HttpResponse(
        written,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="carence-{year}.csv"'},
    )
