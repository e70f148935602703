"""Meeting an employer and their workplaces."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from backend.core.pages.forms import IdentifierField, VersionField, phone_field
from backend.core.values.identifiers import clean_insee_code, clean_siret
from backend.organisations.models import Organisation
from backend.web.forms.base import OF_THE_PAGE, CalmForm
from employers.models import Employer, Establishment


class EmployerForm(CalmForm):
    """Who they are and whom to call; only a name is needed to begin."""

    writes = Employer

    name = forms.CharField(label="Nom de l’employeur", max_length=160)
    sector = forms.CharField(
        label="Activité", max_length=120, required=False, help_text="Boulangerie, EHPAD, mairie…"
    )
    contact_name = forms.CharField(label="Interlocuteur", max_length=120, required=False)
    contact_phone = phone_field()
    siret = IdentifierField(
        label="SIRET",
        clean_with=clean_siret,
        required=False,
        input_attrs={"inputmode": "numeric"},
    )


class NewEmployerForm(EmployerForm):
    """A new employer, and the structure that works with them."""

    organisation = forms.ModelChoiceField(
        label="Structure en relation", queryset=Organisation.objects.none(), empty_label=None
    )
    is_another = forms.BooleanField(label="C’en est un autre : l’ajouter quand même", required=False)
    candidates: Sequence[Employer] = ()

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


class EmployerEditForm(EmployerForm):
    """The same, over what is already known."""

    version = VersionField()


class EstablishmentForm(CalmForm):
    """A workplace."""

    writes = Establishment
    left_out: ClassVar = {
        "employer": OF_THE_PAGE,
        "x_km": "un plan inventé, que seule la démonstration remplit",
        "y_km": "de même",
    }

    name = forms.CharField(
        label="Nom du lieu", max_length=160, help_text="Fournil, cuisine centrale, boutique…"
    )
    commune = forms.CharField(label="Commune", max_length=120, required=False)
    insee_code = IdentifierField(label="Code commune INSEE", clean_with=clean_insee_code, required=False)


class EmployerFilterForm(forms.Form):
    """What to look for in the list of employers."""

    q = forms.CharField(
        label="Nom, activité ou commune",
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"class": "form-control", "type": "search", "autocomplete": "off"}),
    )
