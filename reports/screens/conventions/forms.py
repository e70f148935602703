"""What is typed of a convention: posts, months, money, objectives; rates as percents."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django import forms

from backend.core.pages.forms import IdentifierField, NumberField, WholeField
from backend.core.values.dates import MONTHS
from backend.core.values.identifiers import clean_annexe
from backend.organisations.models import Convention
from backend.organisations.models.convention import FIRST_MONTH, LAST_MONTH
from backend.web.forms.base import OF_THE_PAGE, CalmForm

RATES = ("modulated_share", "dynamic_target", "durable_target")
"""Typed in percent, kept from 0 to 1."""
_MONTHS = [(str(number), name) for number, name in enumerate(MONTHS, start=1)]


def _number(label: str, *, digits: int = 8, places: int = 2, most: int = 999_999, **more: Any) -> NumberField:
    return NumberField(
        label=label,
        min_value=0,
        max_value=most,
        max_digits=digits,
        decimal_places=places,
        required=False,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "field-short"}),
        **more,
    )


def _percent(label: str, **more: Any) -> NumberField:
    return _number(f"{label}, en %", digits=5, most=100, **more)


def _month(label: str, first: int) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=_MONTHS, coerce=int, initial=first)


class ConventionForm(CalmForm):
    """The annexe financière of one year."""

    writes = Convention
    left_out: ClassVar = {"organisation": OF_THE_PAGE}

    year = WholeField(
        label="Année", min_value=2000, max_value=2100, widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "field-short"})
    )  # fmt: skip
    annexe = IdentifierField(
        label="Numéro d’annexe financière",
        clean_with=clean_annexe,
        required=False,
        help_text="Comme sur l’annexe, par exemple ACI023201111A0M0.",
    )
    first_month = _month("Premier mois", FIRST_MONTH)
    last_month = _month("Dernier mois", LAST_MONTH)
    fte = _number(
        "ETP conventionnés",
        help_text="Pour une année entière : une annexe plus courte compte au prorata de ses mois.",
    )
    hours_per_fte = _number(
        "Heures par ETP",
        digits=7,
        most=9_999,
        help_text="Celles de l’annexe. Vide, celles du type de structure, sur la page « Règles ».",
    )
    post_amount = _number("Montant du socle par ETP, en euros", digits=9)
    modulated_share = _percent("Part modulée", help_text="Rapportée au socle, telle que l’annexe la fixe.")
    dynamic_target = _percent("Objectif de sorties dynamiques")
    durable_target = _percent("Objectif d’emploi durable")

    def clean(self) -> dict[str, Any]:
        """Rates from 0 to 1."""
        values = super().clean() or {}
        for name in RATES:
            if values.get(name) is not None:
                values[name] = values[name] / 100
        return values


class ConventionEditForm(ConventionForm):
    """The same, corrected."""

    version = forms.CharField(widget=forms.HiddenInput, max_length=40)


class ConventionCancelForm(CalmForm):
    """Taking a convention back."""

    writes = "retire une convention saisie par erreur"

    version = forms.CharField(widget=forms.HiddenInput, max_length=40)


def as_typed(convention: Convention) -> dict[str, Any]:
    """What the form shows of a convention."""
    names = (*ConventionForm.base_fields.keys() - {"form_id"},)
    values = {name: getattr(convention, name) for name in names}
    return values | {name: _in_percent(values[name]) for name in RATES}


def _in_percent(rate: Decimal | None) -> Decimal | None:
    return None if rate is None else (rate * 100).normalize() + 0
