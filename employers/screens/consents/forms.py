"""One question, one answer."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from backend.web.forms.base import OF_THE_GESTURE, OF_THE_PAGE, OF_THE_SEAT, CalmForm, OneChip
from employers.models import ProfileConsent

YES, NO = "oui", "non"


class ConsentForm(CalmForm):
    """What the person answered."""

    writes = ProfileConsent
    typed_as: ClassVar = {"granted": "decision"}
    left_out: ClassVar = {
        "beneficiary": OF_THE_PAGE,
        "employer": OF_THE_PAGE,
        "proposal": OF_THE_PAGE,
        "text_version": OF_THE_GESTURE,
        "asked_by": OF_THE_SEAT,
        "decided_at": OF_THE_GESTURE,
        "decided_with": OF_THE_SEAT,
        "ends_on": "calculé de la réponse",
        "employer_answer": "l’employeur répond d’un geste, sans formulaire",
        "answered_at": OF_THE_GESTURE,
    }

    granted = forms.ChoiceField(
        label="Réponse de la personne",
        choices=[(YES, "Oui, elle est d’accord"), (NO, "Non, elle ne souhaite pas")],
        widget=OneChip(),
    )

    def clean_granted(self) -> bool:
        """Yes or no."""
        answer: Any = self.cleaned_data["granted"]
        return bool(answer == YES)
