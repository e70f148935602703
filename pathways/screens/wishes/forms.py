"""Hours wanted, as they are typed."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from backend.core.pages.forms import DayField, HoursField, VersionField
from backend.web.forms.base import OF_THE_PAGE, OF_THE_SEAT, CalmForm, Chips, OneChip
from pathways.enums import CancelReason
from pathways.enums.wishes import Moment, WishLimit
from pathways.models import HoursWish
from pathways.models.hours_wish import LEAST_HOURS, MOST_HOURS

PARTS = {"mornings": "M", "afternoons": "A", "evenings": "S"}
"""The three inputs of the week, each with the end of its codes."""


def _days(label: str, part: str) -> forms.MultipleChoiceField:
    days = [(code, moment.split()[0]) for code, moment in Moment.choices if code.endswith(f"_{part}")]
    return forms.MultipleChoiceField(label=label, choices=days, required=False, widget=Chips())


class WishForm(CalmForm):
    """One wish."""

    writes = HoursWish
    typed_as: ClassVar = dict.fromkeys(PARTS, "moments")
    left_out: ClassVar = {
        "beneficiary": OF_THE_PAGE,
        "organisation": OF_THE_SEAT,
        "voice": OF_THE_SEAT,
        "external_id": "l’identifiant de l’expéditeur d’un fichier",
    }

    weekly_hours = HoursField(
        label="Heures par semaine",
        min_value=LEAST_HOURS,
        max_value=MOST_HOURS,
        max_digits=4,
        decimal_places=2,
    )
    starts_on = DayField(label="À partir du", help_text="Le souhait précédent compte jusqu’à la veille.")
    mornings = _days("Le matin", "M")
    afternoons = _days("L’après-midi", "A")
    evenings = _days("Le soir", "S")
    limit = forms.ChoiceField(
        label="Pourquoi pas plus, pour l’instant",
        required=False,
        choices=[("", "Non renseigné"), *WishLimit.choices],
        help_text="Rien de la santé n’est demandé ici.",
    )

    def clean(self) -> dict[str, Any]:
        """One list of moments, as the table keeps it."""
        data = super().clean() or self.cleaned_data
        data["moments"] = [code for name in PARTS for code in data.pop(name, [])]
        return data


class WishCorrectForm(WishForm):
    """The same, as somebody may have changed it meanwhile."""

    version = VersionField()


class WishCancelForm(CalmForm):
    """Why a wish is taken back."""

    writes = HoursWish
    typed_as: ClassVar = {"reason": "cancel_reason"}

    version = VersionField()
    reason = forms.ChoiceField(label="Pourquoi l’annuler", choices=CancelReason.choices, widget=OneChip())


def typed(wish: HoursWish) -> dict[str, Any]:
    """What the form of a known wish begins with."""
    parts = {
        name: [code for code in wish.moments if code.endswith(f"_{part}")] for name, part in PARTS.items()
    }
    said = ("weekly_hours", "starts_on", "limit", "version")
    return parts | {name: getattr(wish, name) for name in said}
