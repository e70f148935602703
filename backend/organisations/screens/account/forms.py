"""What people type about their own account: an accepted invitation, a token for a tool."""

from __future__ import annotations

from typing import ClassVar

from django import forms

from backend.accounts.forms import LONG_ENOUGH
from backend.accounts.models import SeatToken, User
from backend.organisations.models.invitation import VALID_IN_WORDS
from backend.web.forms.base import OF_THE_GESTURE, OF_THE_SEAT, CalmForm

SHORT_LIVED = (30, 90)
"""Days a token may be asked for, a year apart: the longer it lives, the more it opens once lost."""


class AcceptForm(CalmForm):
    """Open one's account from an invitation."""

    writes = User
    typed_as: ClassVar = {"again": "password"}
    left_out: ClassVar = {
        "email": "celle de l’invitation",
        "last_login": OF_THE_GESTURE,
        "is_superuser": "le produit n’en a pas",
        "is_staff": "le produit n’en a pas",
        "is_active": "se ferme par un départ",
        "joined_at": OF_THE_GESTURE,
        "address_proven_at": OF_THE_GESTURE,
        "sessions_valid_from": OF_THE_GESTURE,
    }

    first_name = forms.CharField(label="Prénom", max_length=80)
    last_name = forms.CharField(label="Nom", max_length=80)
    password = forms.CharField(
        label="Mot de passe",
        help_text=LONG_ENOUGH,
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="Mot de passe, encore une fois",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_again(self) -> str:
        """The same password twice, since nobody sees what they type."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password", again):
            raise forms.ValidationError("Les deux mots de passe diffèrent. Écrivez le même deux fois.")
        return again


class AddressForm(CalmForm):
    """Whom to invite."""

    writes = "une adresse à qui écrire : l’invitation est faite par le service"

    email = forms.EmailField(
        label="Adresse électronique",
        help_text=f"Le lien y est envoyé. Il ne sert qu’une fois, pendant {VALID_IN_WORDS}.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class TokenForm(CalmForm):
    """A token for a tool that calls the API."""

    writes = SeatToken
    typed_as: ClassVar = {"days": "expiry"}
    left_out: ClassVar = {
        "token_key": "tirée au hasard",
        "user": OF_THE_SEAT,
        "seat_key": OF_THE_SEAT,
    }

    name = forms.CharField(
        label="Nom de l’outil", max_length=80, help_text="Par exemple : « Tableur des heures »."
    )
    days = forms.TypedChoiceField(
        label="Durée",
        coerce=int,
        choices=[*((days, f"{days} jours") for days in SHORT_LIVED), (365, "un an")],
        initial=SHORT_LIVED[-1],
    )
