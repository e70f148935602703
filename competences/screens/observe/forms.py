"""A word on what was seen; the gestures of a work."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from django import forms

from backend.core.pages.forms import RowsField, VersionField
from backend.core.values.numbers import whole_number
from backend.files.forms import ProofField
from backend.web.forms.base import CalmForm
from competences.models import Competence, GestureList


class WordForm(CalmForm):
    """Where, on what occasion; a photo of the work. Neither is needed."""

    writes = "ajoute un mot et une photo à une observation du jour"
    is_all_optional = True

    context = forms.CharField(
        label="Un mot",
        max_length=200,
        required=False,
        help_text="Où, sur quoi : « vitres du hall, seule jusqu’au bout ».",
    )
    file = ProofField(label="Une photo")


class GestureListForm(CalmForm):
    """A name, and what is done there."""

    writes = GestureList
    typed_as: ClassVar = {"competences": "lines"}

    label = forms.CharField(
        label="Nom du chantier", max_length=80, help_text="« Berges, lot 3 », « Cuisine du midi »…"
    )
    competences = RowsField(
        label="Les gestes qu’on y voit",
        queryset=Competence.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "tick-lines"}),
        help_text="Ceux des métiers de l’équipe ; un autre s’ajoute ensuite, en le cherchant.",
    )

    def __init__(self, *args: Any, offered: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sent = self.data.getlist("competences") if self.is_bound else []  # type: ignore[attr-defined]
        numbers = {number for each in sent if (number := whole_number(each)) is not None} | set(offered)
        rows = Competence.objects.choosable(held=list(offered)).filter(pk__in=numbers)
        self.fields["competences"].queryset = rows  # type: ignore[attr-defined]


class GestureListEditForm(GestureListForm):
    """The same, corrected."""

    version = VersionField()
    is_put_aside = forms.BooleanField(
        label="Ne plus la proposer", required=False, help_text="Elle reste lisible, et peut revenir."
    )
