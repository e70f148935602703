"""What is typed about the data kept: a request, its answer, an exception."""

from __future__ import annotations

from typing import ClassVar

from django import forms

from backend.core.pages.forms import DayField, VersionField
from backend.web.forms.base import OF_THE_PAGE, OF_THE_SEAT, CalmForm, OneChip
from pathways.enums import DataRequestKind
from pathways.models import DataRequest, Retention


class DataRequestForm(CalmForm):
    """One request, in the person's words."""

    writes = DataRequest
    left_out: ClassVar = {"beneficiary": OF_THE_PAGE, "organisation": OF_THE_SEAT}

    kind = forms.ChoiceField(label="Ce qui est demandé", choices=DataRequestKind.choices, widget=OneChip())
    words = forms.CharField(
        label="Avec vos mots",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Pour une correction : ce qui est faux, et ce qui serait juste.",
    )


class DataAnswerForm(CalmForm):
    """Granted or not, and why."""

    writes = DataRequest

    version = VersionField()
    is_granted = forms.TypedChoiceField(
        label="Votre réponse",
        choices=[("oui", "Accordé"), ("non", "Refusé")],
        coerce=lambda value: value == "oui",
        widget=OneChip(),
    )
    answer = forms.CharField(
        label="Ce que la personne lira",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Un refus se dit avec ses raisons.",
    )


class KeepLongerForm(CalmForm):
    """Until when, and why."""

    writes = Retention
    left_out: ClassVar = {"beneficiary": OF_THE_PAGE}

    kept_until = DayField(label="Garder jusqu’au")
    kept_because = forms.CharField(
        label="Pourquoi",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Par exemple un contentieux en cours. La personne peut le lire.",
    )
