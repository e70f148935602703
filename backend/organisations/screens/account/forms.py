"""What people type about their own account: an accepted invitation, a token for a tool."""

from __future__ import annotations

from django import forms

from backend.accounts.forms import LONG_ENOUGH
from backend.web.forms.base import CalmForm


class AcceptForm(CalmForm):
    """Open one's account from an invitation."""

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

    email = forms.EmailField(
        label="Adresse électronique",
        help_text="Le lien y est envoyé. Il ne sert qu’une fois, pendant sept jours.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class TokenForm(CalmForm):
    """A token for a tool that calls the API."""

    name = forms.CharField(
        label="Nom de l’outil", max_length=80, help_text="Par exemple : « Tableur des heures »."
    )
    days = forms.TypedChoiceField(
        label="Durée",
        coerce=int,
        choices=[(30, "30 jours"), (90, "90 jours"), (365, "un an")],
        initial=90,
    )
