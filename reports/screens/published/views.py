"""« Tableaux publiés »: the register of what left, each table as it left, and publishing one more."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from backend.audit import trail
from backend.organisations.enums import SIAE_KINDS
from backend.organisations.models import Organisation
from backend.web.access import only
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_form
from reports.exits.published import has_moved_since, lines_of
from reports.exits.tables import PUBLISHED_COLUMNS
from reports.models import Breakdown, PublishedTable
from reports.permissions import may_publish, reads_network_figures
from reports.screens.published.forms import PublishForm
from reports.screens.taken import csv_file
from reports.services import publish_table

LEAVES_FOR_GOOD = (
    "Un tableau publié ne change plus et ne se retire pas : les corrections faites ensuite n’y entrent pas. Complétez d’abord "
    "les sorties de l’année. Les nombres de 1 à 10, et ceux qui permettraient de les retrouver, même à côté d’un tableau déjà "
    "publié, sont masqués."
)


@only(may_publish)
@require_safe
def tables(request: ActorRequest) -> HttpResponse:
    """What left of one’s own structures, the newest year first."""
    rows = PublishedTable.objects.visible_to(request.actor).select_related(
        "organisation", "group", "published_by"
    )
    return render(request, "reports/published/list.html", {"tables": rows})


@only(may_publish)
def table_new(request: ActorRequest) -> HttpResponse:
    """Choosing a year and publishing it."""
    actor, today = request.actor, timezone.localdate()
    places = Organisation.objects.covered_by(actor).filter(kind__in=SIAE_KINDS)
    form = PublishForm(
        request.POST or None,
        today=today,
        structures=[(place.pk, f"{place.name} ({place.kind})") for place in places],
        is_network=reads_network_figures(actor),
        initial={"year": request.GET.get("annee") or today.year - 1, "breakdown": Breakdown.KIND},
    )

    def act(values: dict[str, Any]) -> str:
        place = places.filter(pk=values.pop("organisation", None) or 0).first()
        return reverse(
            "web:published_table", args=[publish_table(actor=actor, organisation=place, **values).pk]
        )

    page = FormPage(
        title="Publier un tableau",
        line=LEAVES_FOR_GOOD,
        back=reverse("web:published_tables"),
        submit="Publier",
        done="Voici le tableau publié.",
        adds=True,
    )
    return answer_form(request, form, page, act)


@only(may_publish)
@require_safe
def table(request: ActorRequest, pk: int) -> HttpResponse:
    """One table, as it left."""
    row = _mine(request, pk)
    *lines, total = lines_of(row)
    context = {
        "table": row,
        "lines": lines,
        "total": total,
        "by_kind": row.breakdown == Breakdown.KIND,
        "has_moved": has_moved_since(row),
    }
    return render(request, "reports/published/table.html", context)


@only(may_publish)
@require_safe
def table_file(request: ActorRequest, pk: int) -> HttpResponse:
    """The same table as a csv; taking it leaves a line in the trail."""
    row = _mine(request, pk)
    trail.record(request.actor, "table.taken", row, year=row.year)
    return csv_file(f"sorties-publiees-{row.year}-{row.rank}", PUBLISHED_COLUMNS, lines_of(row))


def _mine(request: ActorRequest, pk: int) -> PublishedTable:
    rows = PublishedTable.objects.visible_to(request.actor).select_related(
        "organisation", "group", "published_by"
    )
    row: PublishedTable = get_object_or_404(rows, pk=pk)
    return row
