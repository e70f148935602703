"""What is typed of a contract the same way each time it is typed: when it is signed, when it is corrected."""

from __future__ import annotations

from django import forms

from backend.core.pages.forms import IdentifierField, NumberField
from backend.core.values.identifiers import clean_rome_code


def weekly_hours_field() -> NumberField:
    """Hours a week, with their quarters."""
    return NumberField(
        label="Heures par semaine",
        required=False,
        min_value=0,
        max_digits=4,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "field-short"}),
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
