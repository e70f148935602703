"""« Heures »: the month of everybody, typed in one table and saved at once."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from backend.core.values.dates import MONTHS, month_start, months_after
from backend.web.access import only
from backend.web.requests import ActorRequest, number_in_query
from pathways.permissions import may_manage_people
from pathways.screens.hours.forms import MonthForm
from pathways.screens.hours.table import HoursTable, hours_table, in_words, read_cells
from pathways.services import MonthRecorded, record_month_hours


@only(may_manage_people)
@require_http_methods(["GET", "POST"])
def hours_month(request: ActorRequest) -> HttpResponse:
    """Show the month; sent, write every cell that changed and say it in one sentence."""
    last_month = months_after(month_start(timezone.localdate()), -1)
    form = MonthForm(
        (request.POST if request.method == "POST" else request.GET) or {"mois": f"{last_month:%Y-%m}"}
    )
    month: date = form.cleaned_data["mois"] if form.is_valid() else last_month
    number = number_in_query(request, "page") or 1
    proposes = "reprendre" in request.GET and request.method == "GET"
    table = hours_table(request.actor, month, number, proposes_last_month=proposes)
    status = 200 if form.is_valid() or request.method == "GET" else 422
    # A month that is none is no month to write: nothing goes to another one instead.
    if request.method == "POST" and form.is_valid():
        done = record_month_hours(actor=request.actor, month=month, cells=read_cells(table, request.POST))
        table.show_refused(done)
        _say(request, table, done)
        if not any(cell.error for cell in table.cells):
            return redirect(_address(month, table.page.number))
        status, table = 422, _as_it_stands(request, table, month, number)
    context = {
        "form": form,
        "table": table,
        "month": month,
        "words": f"{MONTHS[month.month - 1]} {month.year}",
        "before": months_after(month, -1),
        "after": months_after(month, 1),
        "last_month": last_month,
        "total": in_words(table.total) or "0",
        "proposes": proposes,
    }
    return render(request, "pathways/hours/page.html", context, status=status)


def _as_it_stands(request: ActorRequest, refused: HoursTable, month: date, number: int) -> HoursTable:
    """The table as the base now holds it, with what was refused kept as it was typed."""
    table = hours_table(request.actor, month, number)
    kept = {cell.name: cell for cell in refused.cells if cell.error}
    for cell in table.cells:
        if cell.name in kept:
            cell.text, cell.error = kept[cell.name].text, kept[cell.name].error
    return table


def _say(request: ActorRequest, table: HoursTable, done: MonthRecorded) -> None:
    wrong = sum(bool(cell.error) for cell in table.cells)
    many = done.written
    said = (
        f"{many} case{'s' if many > 1 else ''} enregistrée{'s' if many > 1 else ''}"
        if many
        else "Rien de nouveau à enregistrer"
    )
    if wrong:
        rest = f"{wrong} à revoir, signalée{'s' if wrong > 1 else ''} ci-dessous avec ce que vous avez écrit"
        messages.error(request, f"{said} ; {rest}." if many else f"{rest[0].upper()}{rest[1:]}.")
    else:
        messages.success(request, f"{said}.")
    for remark in dict.fromkeys(done.remarks.values()):
        messages.warning(request, remark, extra_tags=remark.code)


def _address(month: date, page: int) -> str:
    return f"{reverse('web:hours_month')}?mois={month:%Y-%m}" + (f"&page={page}" if page > 1 else "")
