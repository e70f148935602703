"""What the person shows, and for how long it can be checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from backend.web.forms.base import OF_THE_PAGE, OF_THE_SEAT, CalmForm, OneChip
from competences.models import Passport
from competences.selectors.passports import Line

DAYS = (30, 90, 365)
"""A month to answer an offer, a season, a year."""


class PassportForm(CalmForm):
    """One tick per line: what is not ticked does not appear."""

    writes = Passport
    typed_as: ClassVar = {"chosen": "content", "days": "expires_on"}
    left_out: ClassVar = {"beneficiary": OF_THE_PAGE, "organisation": OF_THE_SEAT}

    chosen = forms.MultipleChoiceField(
        label="Ce qui apparaît",
        widget=forms.CheckboxSelectMultiple(attrs={"class": "tick-lines"}),
        help_text="Vous choisissez. Rien d’autre n’est montré, ni adresse, ni parcours.",
    )
    days = forms.TypedChoiceField(
        label="Vérifiable pendant",
        choices=[(days, f"{days} jours") for days in DAYS],
        coerce=int,
        initial=DAYS[1],
        widget=OneChip(),
    )

    def __init__(self, *args: Any, lines: Sequence[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = [(line.key, _words(line)) for line in lines]  # type: ignore[attr-defined]
        self.fields["chosen"].error_messages["required"] = "Choisissez au moins une ligne à montrer."


def _words(line: Line) -> str:
    return f"{line.what} : {line.level.lower()} ({line.who}, {line.when})"
