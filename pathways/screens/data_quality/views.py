"""« Qualité des données »: what the rules would refuse today, each line leading to where it is settled."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from backend.core.actor import Actor
from backend.core.pages.addresses import Gesture, address_of
from backend.exchange import services
from backend.organisations.permissions import may_bring_data_in
from backend.web.access import only
from backend.web.requests import ActorRequest, number_in_query
from pathways.models import Exit, Immersion, Stay, Training
from pathways.permissions import may_close, may_join_files
from pathways.selectors.data_quality import MOST, Reserve, reserves_to_settle

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to settle, and where."""

    reserve: Reserve
    address: str


@only(may_bring_data_in)
@require_safe
def data_quality(request: ActorRequest) -> HttpResponse:
    """Everything to settle in one's own structures, a page at a time."""
    actor = request.actor
    found = reserves_to_settle(actor, today=timezone.localdate())
    page = Paginator(found, PER_PAGE).get_page(number_in_query(request, "page") or 1)
    lines = [Line(each, _where(actor, each)) for each in page]
    context = {
        "lines": lines,
        "page": page,
        "total": len(found),
        "is_cut": len(found) == MOST,
        "may_join": may_join_files(actor),
        "left": services.left_to_mend(actor),
    }
    return render(request, "pathways/data_quality/page.html", context)


def _where(actor: Actor, reserve: Reserve) -> str:
    """The exit itself when the actor may correct it; otherwise the person's page, where the rest is."""
    match reserve.target:
        case Exit() as exit_ if may_close(actor, exit_.stay):
            return address_of(exit_, Gesture.COMPLETE)
        case Stay() | Immersion() | Training() as stay:
            return address_of(stay)
        case _:
            return address_of(reserve.person)
