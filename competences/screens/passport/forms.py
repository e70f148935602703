"""What the person shows, and for how long it can be checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from backend.web.forms.base import OF_THE_PAGE, OF_THE_SEAT, CalmForm, OneChip
from competences.models import Passport
from competences.rules.badges import is_signed
from competences.selectors.passports import Line

DAYS = (30, 90, 365)
"""A month to answer an offer, a season, a year."""


class PassportForm(CalmForm):
    """One tick per line: what is not ticked does not appear."""

    writes = Passport
    typed_as: ClassVar = {"chosen": "content", "days": "expires_on", "is_linked": "content"}
    left_out: ClassVar = {"beneficiary": OF_THE_PAGE, "organisation": OF_THE_SEAT}

    chosen = forms.MultipleChoiceField(
        label="Ce qui apparaît",
        widget=forms.CheckboxSelectMultiple(attrs={"class": "tick-lines"}),
        help_text="Vous choisissez. Rien d’autre n’est montré, ni adresse, ni parcours.",
    )
    days = forms.TypedChoiceField(
        label="Papier vérifiable pendant",
        help_text="Les badges n’ont pas de fin : ils disent le jour de ce qui a été vu. Vous pouvez les retirer à tout moment.",
        choices=[(days, f"{days} jours") for days in DAYS],
        coerce=int,
        initial=DAYS[1],
        widget=OneChip(),
    )

    is_linked = forms.BooleanField(
        label="Relier les badges à l’adresse électronique",
        required=False,
        help_text="L’adresse n’y est pas écrite : qui la connaît déjà peut vérifier que le badge est bien le vôtre.",
    )

    def __init__(self, *args: Any, lines: Sequence[Line], has_email: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not (has_email and any(is_signed(line.status, who=line.who) for line in lines)):
            del self.fields["is_linked"]
        self.fields["chosen"].choices = [(line.key, _words(line)) for line in lines]  # type: ignore[attr-defined]
        self.fields["chosen"].error_messages["required"] = "Choisissez au moins une ligne à montrer."


def _words(line: Line) -> str:
    return f"{line.what} : {line.level.lower()} ({line.who}, {line.when})"
