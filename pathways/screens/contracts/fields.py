"""What is typed of a contract the same way each time it is typed: when it is signed, when it is corrected."""

from __future__ import annotations

from django import forms

from backend.core.pages.forms import HoursField, IdentifierField
from backend.core.values.identifiers import clean_rome_code
from pathways.enums import ContractEnd


def weekly_hours_field(*, is_required: bool = False) -> HoursField:
    """Hours a week, with their quarters."""
    return HoursField(
        label="Heures par semaine",
        required=is_required,
        max_digits=4,
        decimal_places=2,
    )


def guaranteed_hours_field() -> HoursField:
    """Hours promised over the whole contract, whatever the clients."""
    return HoursField(
        label="Heures garanties sur tout le contrat",
        required=False,
        max_digits=6,
        decimal_places=2,
        help_text="Quand le contrat en promet, chez un ou plusieurs clients : le plus souvent un CDD d’usage.",
    )


def end_motive_field() -> forms.ChoiceField:
    """Why it stopped before its term."""
    return forms.ChoiceField(
        label="Motif, s’il s’arrête avant son terme",
        choices=[("", "Non précisé"), *ContractEnd.choices],
        required=False,
        help_text="Ni raison de santé ni reproche : d’autres structures le liront.",
    )


def rome_code_field() -> IdentifierField:
    """The trade, by its code."""
    return IdentifierField(
        label="Code ROME du poste",
        clean_with=clean_rome_code,
        required=False,
        help_text="Par exemple K2204.",
        input_attrs={"class": "field-short"},
    )
