"""Contracts, hours, PASS IAE and exits."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from backend.core.dates import month_start
from backend.core.findings import Confidence
from backend.web.forms.base import CalmForm, DateInput
from pathways.enums import ClientKind, ContractKind
from pathways.models import Contract
from pathways.rules.book import RuleBook
from pathways.rules.exit_motives import MOTIVES, ExitCategory

_UNSETTLED = Confidence.UNSETTLED


class ContractForm(CalmForm):
    """One contract of a stay."""

    kind = forms.ChoiceField(label="Type de contrat")
    started_on = forms.DateField(label="Début", widget=DateInput())
    planned_end_on = forms.DateField(
        label="Fin prévue", required=False, widget=DateInput(), help_text="Laissez vide pour un CDI."
    )
    weekly_hours = forms.DecimalField(
        label="Heures par semaine",
        required=False,
        max_digits=4,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "field-short"}),
    )
    rome_code = forms.CharField(
        label="Code ROME du poste",
        required=False,
        max_length=5,
        help_text="Par exemple K2204.",
        widget=forms.TextInput(attrs={"class": "field-short"}),
    )
    initial_contract = forms.ModelChoiceField(
        label="Ce contrat prolonge",
        queryset=Contract.objects.none(),
        required=False,
        empty_label="Aucun : c’est un nouveau contrat",
    )

    def __init__(self, *args: Any, kinds: list[ContractKind], renewable: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        self.fields["initial_contract"].queryset = renewable  # type: ignore[attr-defined]


class ContractEndForm(CalmForm):
    """The real last day of a contract."""

    on = forms.DateField(label="Dernier jour travaillé sous ce contrat", widget=DateInput())


class HoursForm(CalmForm):
    """Hours of one month."""

    month = forms.DateField(
        label="Mois",
        input_formats=["%Y-%m", "%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "month", "class": "field-short"}, format="%Y-%m"),
    )
    hours = forms.DecimalField(
        label="Heures travaillées",
        min_value=0,
        max_digits=6,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "field-short"}),
    )
    client_kind = forms.ChoiceField(
        label="Chez qui",
        choices=[("", "Non précisé"), *ClientKind.choices],
        required=False,
        help_text="En association intermédiaire, les heures en entreprise nourrissent le compteur des 480 heures.",
    )

    def clean_month(self) -> Any:
        """The first day of the month chosen."""
        return month_start(self.cleaned_data["month"])


class PassForm(CalmForm):
    """The PASS IAE as received."""

    number = forms.CharField(
        label="Numéro", max_length=15, help_text="12 caractères, tels que reçus des Emplois de l’inclusion."
    )
    starts_on = forms.DateField(label="Début", widget=DateInput())
    ends_on = forms.DateField(
        label="Fin",
        required=False,
        widget=DateInput(),
        help_text="La date reçue l’emporte toujours. Vide, elle est calculée : 730 jours.",
    )


def motive_choices(book: RuleBook, day: date) -> list[tuple[str, Any]]:
    """Motives under the category they count in that day, with how sure we are of it when we are not."""
    groups: dict[str, list[tuple[str, str]]] = {category.label: [] for category in ExitCategory}
    for motive in MOTIVES:
        category, confidence = book.category(motive.code, on=day), book.confidence(motive.code, on=day)
        unsure = (
            "" if confidence is Confidence.CONFIRMED else f" (catégorie : {(confidence or _UNSETTLED).label})"
        )
        label = category.label if category else "Catégorie à confirmer"
        groups.setdefault(label, []).append((motive.code, f"{motive.label}{unsure}"))
    return [
        ("", "À compléter plus tard"),
        *((label, motives) for label, motives in groups.items() if motives),
    ]


class ExitForm(CalmForm):
    """How a stay ended; the motive may come later, the day may not."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    on = forms.DateField(label="Dernier jour dans la structure", widget=DateInput())
    motive = forms.ChoiceField(label="Motif", required=False)
    employer_name = forms.CharField(label="Employeur", max_length=160, required=False)
    contract_months = forms.IntegerField(
        label="Durée du contrat en mois",
        required=False,
        min_value=1,
        max_value=600,
        widget=forms.NumberInput(attrs={"class": "field-short"}),
        help_text="Pour un CDD : exactement six mois compte comme emploi durable.",
    )

    def __init__(self, *args: Any, motives: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["motive"].choices = motives  # type: ignore[attr-defined]
