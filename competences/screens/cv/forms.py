"""What appears on a CV: a few words, how to reach the person, then one tick a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from backend.core.pages.forms import VersionField
from backend.core.values.identifiers import spaced_phone
from backend.web.forms.base import OF_THE_PAGE, CalmForm, OneChip
from competences.enums import CvLook, CvPart
from competences.models import Cv
from competences.rules.cvs import Line
from competences.selectors.cvs.page import CvPage

_TYPED = (
    *("title", "presentation", "town", "languages", "shows_phone", "shows_email"),
    *("names_structures", "names_firms", "first", "look", "version"),
)
LINES: Mapping[str, CvPart] = {
    "skills": CvPart.SKILLS,
    "works": CvPart.WORK,
    "trainings": CvPart.TRAINING,
}
"""The inputs of lines, each with its part of the page."""


def _lines(part: CvPart) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=part.label,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "tick-lines"}),
    )


class CvForm(CalmForm):
    """The choice of one person; nothing but what is ticked is shown."""

    is_all_optional = True
    writes = Cv
    typed_as: ClassVar = dict.fromkeys(LINES, "shown")
    left_out: ClassVar = {"beneficiary": OF_THE_PAGE}

    title = forms.CharField(
        label="Métier ou travail cherché", required=False, max_length=Cv._meta.get_field("title").max_length
    )
    presentation = forms.CharField(
        label="Quelques mots pour se présenter",
        required=False,
        max_length=Cv._meta.get_field("presentation").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Deux ou trois phrases, avec les mots de qui se présente. Rien de la santé, de la famille ni de la situation.",
    )
    shows_phone = forms.BooleanField(label="Montrer le téléphone", required=False)
    shows_email = forms.BooleanField(label="Montrer l’adresse électronique", required=False)
    town = forms.CharField(
        label="Commune", required=False, max_length=Cv._meta.get_field("town").max_length,
        help_text="Sans rue ni numéro. Laissez vide pour ne pas la montrer.",
    )  # fmt: skip
    skills = _lines(CvPart.SKILLS)
    works = _lines(CvPart.WORK)
    names_structures = forms.BooleanField(
        label="Écrire le nom des structures",
        required=False,
        help_text="Sans lui, le CV dit le métier et les dates. Certains noms disent aussi qu’il s’agit d’insertion.",
    )
    names_firms = forms.BooleanField(
        label="Écrire le nom des entreprises",
        required=False,
        help_text="Celles des immersions et des embauches.",
    )
    trainings = _lines(CvPart.TRAINING)
    languages = forms.CharField(
        label="Langues", required=False, max_length=Cv._meta.get_field("languages").max_length,
        help_text="Par exemple : français, portugais, un peu d’anglais.",
    )  # fmt: skip
    first = forms.ChoiceField(label="En premier sur la page", choices=CvPart.choices, widget=OneChip())
    look = forms.ChoiceField(label="Présentation", choices=CvLook.choices, widget=OneChip())
    version = VersionField()

    def __init__(self, *args: Any, made: CvPage, **kwargs: Any) -> None:
        super().__init__(*args, initial=_known(made), **kwargs)
        for name, part in LINES.items():
            lines = [line for line in made.offered if line.part is part]
            if lines:
                self.fields[name].choices = [(line.key, _words(line)) for line in lines]  # type: ignore[attr-defined]
            else:
                del self.fields[name]
        for name, known in (
            ("shows_phone", spaced_phone(made.person.phone)),
            ("shows_email", made.person.email),
        ):
            if known:
                self.fields[name].label = f"{self.fields[name].label} ({known})"
            else:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """One list of lines, as the table keeps it."""
        data = super().clean() or self.cleaned_data
        data["shown"] = [key for name in LINES for key in data.pop(name, [])]
        return data


class CvClearForm(CalmForm):
    """Forgetting the choice."""

    writes = Cv

    version = VersionField()


def _known(made: CvPage) -> dict[str, Any]:
    shown = set(made.shown)
    lines = {
        name: [line.key for line in made.offered if line.part is part and line.key in shown]
        for name, part in LINES.items()
    }
    return {**lines, **{name: getattr(made.cv, name) for name in _TYPED}, "title": made.head.title}


def _words(line: Line) -> str:
    """« Tailler une haie, en autonomie (vu au travail) »."""
    beside = line.when or f"{line.group[:1].lower()}{line.group[1:]}"
    return f"{line.words} ({beside})" if beside else line.words
