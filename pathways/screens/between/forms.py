"""Why a structure stops watching someone, as it is typed."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from backend.web.forms.base import OF_THE_GESTURE, OF_THE_PAGE, OF_THE_SEAT, CalmForm, OneChip
from pathways.enums import WatchEndReason
from pathways.models import WatchEnd


class StopWatchingForm(CalmForm):
    """One reason of the list, and a few words when none of them says it."""

    writes = WatchEnd
    left_out: ClassVar = {
        "beneficiary": OF_THE_PAGE,
        "organisation": OF_THE_SEAT,
        "ended_at": OF_THE_GESTURE,
        "ended_by": OF_THE_SEAT,
        "resumed_at": OF_THE_GESTURE,
        "resumed_by": OF_THE_SEAT,
    }

    reason = forms.ChoiceField(label="Parce que", choices=WatchEndReason.choices, widget=OneChip())
    note = forms.CharField(
        label="Précision",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Lue par l’équipe et par la personne. N’écrivez rien de médical.",
    )

    def clean(self) -> dict[str, Any]:
        """« Une autre raison » is said in words."""
        values = super().clean() or {}
        if values.get("reason") == WatchEndReason.OTHER and not (values.get("note") or "").strip():
            self.add_error("note", "Dites la raison en quelques mots.")
        return values
