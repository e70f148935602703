"""How a stay ended, as it is typed."""

from __future__ import annotations

from typing import Any

from django import forms

from backend.core.forms import DayField, VersionField, WholeField
from backend.web.forms.base import CalmForm
from pathways.rules.exit_motives import MOTIVES, Confidence, ExitCategory, ExitMotive


def _in_words(motive: ExitMotive) -> str:
    """The agency's words, with how sure we are of the category when we are not."""
    if motive.confidence is Confidence.CONFIRMED:
        return motive.label
    return f"{motive.label} (catégorie : {motive.confidence.label})"


def _motive_choices() -> list[tuple[str, Any]]:
    """Motives grouped under the category they are counted in."""
    groups: list[tuple[str, Any]] = [("", "À compléter plus tard")]
    for category in ExitCategory:
        motives = [(motive.code, _in_words(motive)) for motive in MOTIVES if motive.category is category]
        groups.append((category.label, motives))
    return groups


class ExitForm(CalmForm):
    """How a stay ended; the motive may come later, the day may not."""

    version = VersionField(required=False)
    on = DayField(label="Dernier jour dans la structure")
    motive = forms.ChoiceField(label="Motif", choices=_motive_choices, required=False)
    employer_name = forms.CharField(label="Employeur", max_length=160, required=False)
    contract_months = WholeField(
        label="Durée du contrat en mois",
        required=False,
        min_value=1,
        max_value=600,
        widget=forms.NumberInput(attrs={"class": "field-short"}),
        help_text="Pour un CDD : exactement six mois compte comme emploi durable.",
    )
