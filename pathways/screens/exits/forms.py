"""How a stay ended, as it is typed."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms

from backend.core.findings import Confidence
from backend.core.pages.forms import DayField, VersionField, WholeField
from backend.web.forms.base import OF_THE_PAGE, OF_THE_SEAT, CalmForm
from pathways.models import Exit
from pathways.rules.dated.book import RuleBook
from pathways.rules.exits.motives import LONG_CONTRACT_MONTHS, MOTIVES, ExitCategory

_UNSETTLED = Confidence.UNSETTLED


def motive_choices(book: RuleBook, day: date) -> list[tuple[str, Any]]:
    """Motives under the category they count in that day, with how sure we are of it when we are not."""
    groups: dict[str, list[tuple[str, str]]] = {category.label: [] for category in ExitCategory}
    for motive in MOTIVES:
        category, confidence = book.category(motive.code, on=day), book.confidence(motive.code, on=day)
        unsure = (
            "" if confidence is Confidence.CONFIRMED else f" (catégorie {(confidence or _UNSETTLED).label})"
        )
        label = category.label if category else "Catégorie à confirmer"
        groups.setdefault(label, []).append((motive.code, f"{motive.label}{unsure}"))
    return [
        ("", "À compléter plus tard"),
        *((label, motives) for label, motives in groups.items() if motives),
    ]


class ExitForm(CalmForm):
    """How a stay ended; the motive may come later, the day may not."""

    writes = Exit
    typed_as: ClassVar = {"on": "occurred_on"}
    left_out: ClassVar = {
        "stay": OF_THE_PAGE,
        "recorded_by": OF_THE_SEAT,
    }

    version = VersionField(required=False)
    on = DayField(label="Dernier jour dans la structure")
    motive = forms.ChoiceField(label="Motif", required=False)
    employer_name = forms.CharField(label="Employeur", max_length=160, required=False)
    contract_months = WholeField(
        label="Durée du contrat en mois",
        required=False,
        min_value=1,
        max_value=600,
        widget=forms.NumberInput(attrs={"class": "field-short"}),
        help_text=f"Pour un CDD : {LONG_CONTRACT_MONTHS} mois tout juste comptent comme emploi durable.",
    )

    def __init__(self, *args: Any, motives: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["motive"].choices = motives  # type: ignore[attr-defined]
