"""Which trade, and how many people each gesture takes at the same time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from backend.core.pages.forms import WholeField
from competences.selectors.team_skills import EVERY_TRADE, MOST_ACTIVITIES, Activity, TradeOfTeam

PREFIX = "besoin-"
MOST_NEEDED = 20


class TeamForm(forms.Form):
    """The trades of the contracts under way."""

    metier = forms.ChoiceField(label="Quel travail")

    def __init__(self, *args: Any, trades: Iterable[TradeOfTeam], **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        shown = [(each.code, f"{each.label} ({each.people})") for each in trades]
        self.fields["metier"].choices = [(EVERY_TRADE, "Tous les métiers"), *shown]  # type: ignore[attr-defined]
        self.fields["metier"].widget.attrs["class"] = "form-select"


class NeedsForm(forms.Form):
    """How many people at the same time, activity by activity; one unless said, none to leave it aside."""

    def __init__(self, data: Any, *, activities: Iterable[tuple[str, str]]) -> None:
        super().__init__(data, label_suffix="")
        for code, label in activities:
            field = WholeField(label=label, min_value=0, max_value=MOST_NEEDED, required=False, initial=1)
            field.widget.attrs.update({"class": "form-control need", "inputmode": "numeric"})
            self.fields[f"{PREFIX}{code}"] = field

    @classmethod
    def asked(cls, data: Mapping[str, str]) -> NeedsForm:
        """What the address says, read before the activities are known."""
        codes = [name.removeprefix(PREFIX) for name in data if name.startswith(PREFIX)]
        return cls(data, activities=[(code, code) for code in codes[:MOST_ACTIVITIES]])

    @classmethod
    def shown(cls, data: Mapping[str, str], activities: Iterable[Activity]) -> NeedsForm:
        """The same, with a number for every activity of the team."""
        named = [(each.code, each.label) for each in activities]
        filled = {f"{PREFIX}{code}": data.get(f"{PREFIX}{code}", "1") for code, _ in named}
        return cls(filled, activities=named)

    @property
    def needs(self) -> dict[str, int]:
        """The numbers that were readable."""
        self.is_valid()
        return {
            name.removeprefix(PREFIX): value for name, value in self.cleaned_data.items() if value is not None
        }
