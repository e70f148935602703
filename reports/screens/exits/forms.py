"""Choosing the period and the structure of the exit figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms

from backend.core.errors import DomainError
from backend.core.pages.forms import DayField
from backend.web.forms.base import CalmForm
from reports.exits.compute.period import Period

YEARS_SHOWN = 8


class ExitPeriodForm(CalmForm):
    """A civil year, or two days; one structure or all of them."""

    writes = "une période à montrer"

    annee = forms.TypedChoiceField(label="Année", coerce=int, required=False)
    structure = forms.TypedChoiceField(label="Structure", coerce=int, required=False, empty_value=None)
    du = DayField(label="Du", required=False)
    au = DayField(label="Au", required=False)

    def __init__(self, *args: Any, today: date, structures: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        offer(self, "annee", years(today.year))
        offer(self, "structure", [("", "Toutes"), *structures])

    def clean(self) -> dict[str, Any]:
        """The period asked for: two days when both are given, else the year, this year by default."""
        values = super().clean() or {}
        start, end = values.get("du"), values.get("au")
        if bool(start) != bool(end) and not self.errors:
            self.add_error("au" if start else "du", "Donnez les deux dates de la période.")
            return values
        try:
            if start and end:
                values["period"] = Period(start, end)
            else:
                values["period"] = Period.of_year(values.get("annee") or self._today.year)
        except DomainError as error:
            self.add_error("au" if error.field == "end" else "du", error.message)
        return values


class FinishedYearForm(CalmForm):
    """One finished civil year: what the network reads."""

    writes = "une année à préparer : le travail est écrit par le service"

    annee = forms.TypedChoiceField(label="Année", coerce=int, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "annee", years(today.year - 1))


def years(newest: int) -> list[tuple[int, str]]:
    """The years a list offers, the newest first."""
    return [(year, str(year)) for year in range(newest, newest - YEARS_SHOWN, -1)]


def offer(form: forms.Form, name: str, choices: Sequence[tuple[int | str, str]]) -> None:
    """Fill a list with what may be chosen today."""
    cast("forms.ChoiceField", form.fields[name]).choices = list(choices)
