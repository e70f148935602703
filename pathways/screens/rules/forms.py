"""What a row of the rule book asks."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from backend.core.findings import Confidence
from backend.core.pages.forms import DayField
from backend.organisations.models import Organisation
from backend.web.forms.base import CalmForm
from pathways.models import RuleSetting


class RuleForm(CalmForm):
    """A value from a day on; the structure is asked for a préfet's decision only."""

    writes = RuleSetting
    typed_as: ClassVar = {"name": "key", "text": "basis"}

    name = forms.ChoiceField(label="Règle")
    organisation = forms.ModelChoiceField(
        label="Structure", queryset=Organisation.objects.none(), empty_label=None
    )
    value = forms.CharField(
        label="Valeur",
        max_length=60,
        help_text="Un nombre, un taux en pour cent, une catégorie, des structures séparées par des virgules ou oui, "
        "selon la règle : la liste montre la valeur d’aujourd’hui.",
    )
    valid_from = DayField(label="À partir du")
    valid_to = DayField(label="Jusqu’au", required=False, help_text="Dernier jour compris.")
    text = forms.CharField(
        label="Texte ou décision", max_length=200, help_text="Article, circulaire, arrêté et sa date."
    )
    confidence = forms.ChoiceField(
        label="Confiance", choices=[(each.value, each.label) for each in Confidence], required=False
    )

    def __init__(
        self, *args: Any, names: list[tuple[str, str]], structures: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].choices = names  # type: ignore[attr-defined]
        if structures is None:
            del self.fields["organisation"]
        else:
            self.fields["organisation"].queryset = structures  # type: ignore[attr-defined]

    def clean_confidence(self) -> str:
        """What is typed with its text is confirmed, unless said otherwise."""
        return self.cleaned_data["confidence"] or Confidence.CONFIRMED.value
