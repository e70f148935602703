"""Welcoming a person, correcting their file, finding them again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from backend.accounts.models import User
from backend.core.pages.forms import BirthField, DayField, IdentifierField, VersionField, phone_field
from backend.core.values.identifiers import clean_insee_code, clean_postcode
from backend.organisations.enums import StructureKind
from backend.organisations.models import Organisation
from backend.web.forms.base import OF_THE_PAGE, CalmForm
from pathways.enums import EducationLevel, Sex
from pathways.models import Beneficiary, EntryProfile, Stay
from pathways.screens.people.entry import YES_OR_NO
from pathways.selectors import LookAlike


class PersonForm(CalmForm):
    """Who the person is; only the name is needed to begin."""

    writes = Beneficiary
    left_out: ClassVar = {
        "external_id": "l’identifiant de l’expéditeur d’un fichier",
    }

    first_name = forms.CharField(label="Prénom", max_length=120)
    last_name = forms.CharField(label="Nom", max_length=120)
    birth_date = BirthField(label="Date de naissance", required=False)
    sex = forms.ChoiceField(label="Sexe", choices=[("", "Non renseigné"), *Sex.choices], required=False)
    phone = phone_field()
    email = forms.EmailField(label="Adresse électronique", required=False)
    postcode = IdentifierField(
        label="Code postal",
        clean_with=clean_postcode,
        required=False,
        input_attrs={"inputmode": "numeric"},
    )
    insee_code = IdentifierField(label="Code commune INSEE", clean_with=clean_insee_code, required=False)


class PersonEditForm(PersonForm):
    """The same, over what is already known."""

    version = VersionField()


class EntryForm(CalmForm):
    """What is known of the person's situation on the day they came in; every answer may wait."""

    writes = EntryProfile
    left_out: ClassVar = {
        "beneficiary": OF_THE_PAGE,
    }

    is_all_optional = True
    education_level = forms.ChoiceField(
        label="Niveau de formation", required=False, choices=[("", "Non renseigné"), *EducationLevel.choices]
    )
    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in YES_OR_NO:
            self.fields[field.name] = _yes_or_no(str(field.verbose_name))

    @property
    def questions(self) -> list[forms.BoundField]:
        """The questions answered by yes or no, in the order of the file."""
        return [self[field.name] for field in YES_OR_NO]


def _yes_or_no(label: str) -> forms.Field:
    return forms.TypedChoiceField(
        label=label[0].upper() + label[1:],
        required=False,
        choices=[("", "Non renseigné"), ("oui", "Oui"), ("non", "Non")],
        coerce=lambda answer: answer == "oui",
        empty_value=None,
        widget=forms.Select(attrs={"class": "form-select"}),
    )


class WelcomeForm(PersonForm):
    """A new person, their first day here and who accompanies them."""

    organisation = forms.ModelChoiceField(
        label="Structure", queryset=Organisation.objects.none(), empty_label=None
    )
    started_on = DayField(label="Date d’entrée")
    advisor = forms.ModelChoiceField(
        label="Référent", queryset=User.objects.none(), required=False, empty_label="Toute l’équipe"
    )
    is_someone_else = forms.BooleanField(label="Ce n’est pas elle : créer quand même", required=False)
    candidates: Sequence[LookAlike] = ()
    field_order = ["first_name", "last_name", "organisation", "started_on", "advisor"]

    def __init__(self, *args: Any, organisations: Any, advisors: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"started_on": timezone.localdate(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["advisor"].queryset = advisors  # type: ignore[attr-defined]


class WelcomeBackForm(CalmForm):
    """The next step of the thread, in one's own structure."""

    writes = Stay
    left_out: ClassVar = {
        "beneficiary": OF_THE_PAGE,
        "ended_on": "dite par la sortie",
    }

    organisation = forms.ModelChoiceField(
        label="Structure qui accueille", queryset=Organisation.objects.none()
    )
    started_on = DayField(label="À partir du")

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


class AdvisorForm(CalmForm):
    """Who accompanies the person during this stay."""

    writes = Stay

    advisor = forms.ModelChoiceField(
        label="Référent", queryset=User.objects.none(), required=False, empty_label="Toute l’équipe"
    )

    def __init__(self, *args: Any, advisors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["advisor"].queryset = advisors  # type: ignore[attr-defined]


class PeopleFilterForm(forms.Form):
    """What to look for in the list of people; a wrong value is simply ignored."""

    q = forms.CharField(
        label="Nom",
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"class": "form-control", "type": "search", "autocomplete": "off"}),
    )
    situation = forms.ChoiceField(
        label="Situation",
        required=False,
        choices=[("", "Présentes (un nom cherche partout)"), ("sorties", "Sorties"), ("toutes", "Toutes")],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    kind = forms.ChoiceField(
        label="Type de structure",
        required=False,
        choices=[("", "Tous"), *StructureKind.choices],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
