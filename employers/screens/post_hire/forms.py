"""A hire, and what was found when calling afterwards."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from backend.core.pages.forms import DayField, WholeField
from backend.web.forms.base import OF_THE_GESTURE, OF_THE_PAGE, OF_THE_SEAT, CalmForm, OneChip
from employers.enums import HireKind, Situation
from employers.models import Employer, Placement, PostHireFollowUp
from pathways.rules.exits.motives import LONG_CONTRACT_MONTHS


def months_field() -> WholeField:
    """How long the contract lasts."""
    return WholeField(
        label="Durée en mois",
        required=False,
        min_value=1,
        max_value=120,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "field-short"}),
        help_text=f"Rien pour un CDI. {LONG_CONTRACT_MONTHS} mois et plus comptent comme emploi durable.",
    )


class HireForm(CalmForm):
    """Who hires, under which contract, from when."""

    writes = Placement
    left_out: ClassVar = {
        "beneficiary": OF_THE_PAGE,
        "proposal": OF_THE_PAGE,
        "exit": OF_THE_GESTURE,
        "advisor": OF_THE_SEAT,
        "ended_on": "constatée par un appel : « dans un autre emploi »",
    }

    employer = forms.ModelChoiceField(
        label="Employeur", queryset=Employer.objects.none(), empty_label="Choisir"
    )
    kind = forms.ChoiceField(label="Contrat", choices=HireKind.choices, widget=OneChip())
    started_on = DayField(label="Embauche le")
    months: WholeField = months_field()
    trial_ends_on = DayField(
        label="Fin de la période d’essai",
        required=False,
        help_text="Un appel sera prévu ce jour-là.",
    )
    left_on = DayField(
        label="Dernier jour dans la structure",
        required=False,
        help_text="Le jour de l’embauche si rien n’est écrit.",
    )

    def __init__(self, *args: Any, employers: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"started_on": timezone.localdate(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["employer"].queryset = employers  # type: ignore[attr-defined]


class PostHireForm(CalmForm):
    """What a contact found; « injoignable » is an answer."""

    writes = PostHireFollowUp
    typed_as: ClassVar = {"on": "done_on"}
    left_out: ClassVar = {
        "placement": OF_THE_PAGE,
        "milestone": OF_THE_PAGE,
        "due_on": "calculée de l’embauche",
    }

    situation = forms.ChoiceField(
        label="Ce que vous avez constaté", choices=Situation.choices, widget=OneChip()
    )
    on = DayField(label="Contact le")
    note = forms.CharField(
        label="À retenir",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"on": timezone.localdate(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
