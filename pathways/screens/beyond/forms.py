"""Whom, and why: named whole, since nobody is listed."""

from __future__ import annotations

from django import forms

from backend.core.pages.forms import BirthField
from backend.web.forms.base import CalmForm, OneChip
from pathways.enums import BeyondMotive


class BeyondForm(CalmForm):
    """A name as it is written in the file, and one motive of the list."""

    writes = "une ligne du journal, que rien ne réécrit"

    last_name = forms.CharField(label="Nom", max_length=100)
    first_name = forms.CharField(label="Prénom", max_length=100)
    birth_date = BirthField(
        label="Date de naissance", required=False, help_text="Seulement si deux personnes portent ce nom."
    )
    motive = forms.ChoiceField(
        label="Parce que",
        choices=BeyondMotive.choices,
        widget=OneChip(),
        help_text="Lu par la personne dans « Mon parcours », et par la personne responsable de votre structure.",
    )
