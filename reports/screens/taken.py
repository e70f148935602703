"""What every page of figures does alike: the year it is asked for, the file it gives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse

from backend.core.tables.exports import CSV_ENCODING, Column, csv_text
from reports.screens.exits.forms import FinishedYearForm


def year_asked(request: HttpRequest, *, today: date, ahead: int = 0) -> tuple[FinishedYearForm, int, int]:
    """The form, its year and the status to answer by: this year by default, offered though still running, and `ahead` more."""
    newest = today.replace(year=today.year + 1 + ahead, month=1, day=1)
    form = FinishedYearForm(request.GET or {"annee": today.year}, today=newest)
    valid = form.is_valid()
    year: int = (form.cleaned_data.get("annee") if valid else None) or today.year
    return form, year, 200 if valid else 422


def csv_file(name: str, columns: Sequence[Column], rows: Iterable[Any]) -> HttpResponse:
    """A table to take away."""
    return HttpResponse(
        csv_text(columns, rows).encode(CSV_ENCODING),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
