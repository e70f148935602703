"""What one publishes: a finished year, of which structures, by what."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms

from backend.web.forms.base import CalmForm
from reports.models import Breakdown, PublishedTable
from reports.screens.exits.forms import offer, years


class PublishForm(CalmForm):
    """One table; the network’s is by kind of structure, whole."""

    writes = PublishedTable
    left_out: ClassVar = {
        "rank": "son rang parmi les tableaux de l’année", "group": "le groupe de qui publie", "published_by": "qui publie",
        "lines": "comptées, puis masquées", "threshold": "le seuil de ce jour", "rules": "les règles de ce jour",
        "data_state": "l’état des saisies ce jour-là",
    }  # fmt: skip

    year = forms.TypedChoiceField(label="Année", coerce=int)
    organisation = forms.TypedChoiceField(label="Structure", coerce=int, required=False, empty_value=None)
    breakdown = forms.ChoiceField(label="Répartition", choices=Breakdown.choices)

    def __init__(
        self, *args: Any, today: date, structures: list[tuple[int, str]], is_network: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "year", years(today.year - 1))
        if len(structures) > 1:
            offer(self, "organisation", [("", "Toutes"), *structures])
        else:
            del self.fields["organisation"]
        if is_network:
            offer(self, "breakdown", [(Breakdown.KIND.value, Breakdown.KIND.label)])
