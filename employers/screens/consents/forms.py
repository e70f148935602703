"""One question, one answer."""

from __future__ import annotations

from typing import Any

from django import forms

from backend.web.forms.base import CalmForm, OneChip

YES, NO = "oui", "non"


class ConsentForm(CalmForm):
    """What the person answered."""

    granted = forms.ChoiceField(
        label="Réponse de la personne",
        choices=[(YES, "Oui, elle est d’accord"), (NO, "Non, elle ne souhaite pas")],
        widget=OneChip(),
    )

    def clean_granted(self) -> bool:
        """Yes or no."""
        answer: Any = self.cleaned_data["granted"]
        return bool(answer == YES)
