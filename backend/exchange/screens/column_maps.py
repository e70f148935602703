"""The correspondences of columns a structure keeps: listed, corrected, shared, forgotten."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from backend.core import steps
from backend.core.errors import DomainError
from backend.exchange import services
from backend.exchange.models import ColumnMap
from backend.exchange.screens.page import grouped_targets
from backend.organisations.permissions import may_bring_data_in
from backend.organisations.selectors.groups import same_group
from backend.web.access import only
from backend.web.requests import ActorRequest
from backend.web.submission import answer_action


@only(may_bring_data_in)
@require_safe
def column_maps(request: ActorRequest) -> HttpResponse:
    """Every correspondence kept, structure by structure."""
    rows = ColumnMap.objects.visible_to(request.actor).select_related("organisation")
    return render(request, "exchange/imports/columns/maps.html", {"maps": rows})


@only(may_bring_data_in)
def column_map(request: ActorRequest, pk: int) -> HttpResponse:
    """What each column of one kind of table is; the page answers to each choice."""
    row = _found(request, pk)
    table, refusal, status = services.table_of(row), "", 200
    if request.method == "POST":
        chosen = services.choices_sent([table], request.POST.dict())[table.key]  # type: ignore[arg-type]
        table = services.table_of(row, chosen)
        if "look" not in request.POST:
            try:
                services.correct_column_map(
                    actor=request.actor,
                    row=row,
                    seen=request.POST.get("seen", ""),
                    choice=chosen,
                    is_shared="is_shared" in request.POST,
                )
            except DomainError as error:
                refusal, status = error.message, 422
            else:
                messages.success(request, "Correspondance enregistrée : le prochain envoi la suivra.")
                return redirect("web:column_maps")
    context = {
        "map": row,
        "tables": [table],
        "choices": grouped_targets(),
        "refusal": refusal,
        "seen": request.POST.get("seen") or steps.seen(row),
        "has_group": same_group(row.organisation_id).exists(),
        "is_shared": "is_shared" in request.POST if request.method == "POST" else row.is_shared,
    }
    is_part = request.htmx.target == "columns"
    template = f"exchange/imports/columns/{'_map' if is_part else 'map'}.html"
    return render(request, template, context, status=status)


@only(may_bring_data_in)
@require_POST
def column_map_forget(request: ActorRequest, pk: int) -> HttpResponse:
    """Forget one: its titles are asked about again at the next sending."""
    row = _found(request, pk)
    return answer_action(
        request,
        act=lambda: services.forget_column_map(actor=request.actor, row=row),
        done="Correspondance oubliée : elle sera demandée au prochain envoi.",
        back=reverse("web:column_maps"),
    )


def _found(request: ActorRequest, pk: int) -> ColumnMap:
    rows = ColumnMap.objects.visible_to(request.actor).select_related("organisation")
    return get_object_or_404(rows, pk=pk)
