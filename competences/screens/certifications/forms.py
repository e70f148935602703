"""A certification and its blocs typed once; a list accepted; a line matched."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet

from backend.core.pages.forms import DayField, RowsField, VersionField, WholeField
from backend.core.values.numbers import whole_number
from backend.web.forms.base import OF_THE_PAGE, CalmForm
from competences.models import Bloc, BlocLine, Certification, Competence, LineMatch

LONGEST_LIST = 40_000
_YES_NO = [("unknown", "Je ne sais pas"), ("true", "Oui"), ("false", "Non")]


class CertificationForm(CalmForm):
    """A certification that no import gave."""

    writes = Certification
    typed_as: ClassVar = {"certifier": "certifiers"}

    label = forms.CharField(label="Intitulé", max_length=1000)
    code = forms.CharField(
        label="Code au répertoire",
        max_length=20,
        required=False,
        help_text="RNCP ou RS et son numéro, s’il en a un.",
    )
    level = WholeField(label="Niveau", min_value=1, max_value=8, required=False, help_text="De 1 à 8.")
    certifier = forms.CharField(
        label="Certificateur", max_length=300, required=False, help_text="Qui délivre cette certification."
    )
    is_by_vae = forms.NullBooleanField(
        label="Accessible par la VAE ?", required=False, widget=forms.Select(choices=_YES_NO)
    )
    ends_on = DayField(label="Enregistrée jusqu’au", required=False)


class CertificationEditForm(CertificationForm):
    """The same, corrected by the structure that typed it."""

    version = VersionField()
    is_retired = forms.BooleanField(
        label="Ne plus la proposer", required=False, help_text="Ce qui y est attaché reste lisible."
    )


class BlocForm(CalmForm):
    """A bloc, with its list of competences as the référentiel writes it."""

    writes = Bloc
    left_out: ClassVar = {"certification": OF_THE_PAGE}

    code = forms.CharField(label="Code du bloc", max_length=30, help_text="BC01, BC02…")
    label = forms.CharField(label="Intitulé", max_length=1000)
    content = forms.CharField(
        label="Compétences, telles que publiées",
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Copiez la liste : elle sera découpée, et vous direz si le découpage est juste.",
    )


class BlocEditForm(BlocForm):
    """The same, corrected."""

    version = VersionField()
    is_retired = forms.BooleanField(label="Ne plus le proposer", required=False)


class BlocLinesForm(CalmForm):
    """The list that somebody accepts: one competence a line, as proposed or rewritten."""

    writes = BlocLine
    typed_as: ClassVar = {"lines": "text position"}
    left_out: ClassVar = {"bloc": OF_THE_PAGE}

    version = VersionField()
    lines = forms.CharField(
        label="Une compétence par ligne",
        max_length=LONGEST_LIST,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Relisez, coupez, réunissez : rien n’est retenu sans vous. Une ligne gardée mot pour mot garde ses rapprochements.",
    )


class LineMatchForm(CalmForm):
    """Which competences of the referential show this line: any one of them is enough."""

    writes = LineMatch
    typed_as: ClassVar = {"competences": "competence"}
    left_out: ClassVar = {"line": OF_THE_PAGE}

    version = VersionField()
    competences = RowsField(
        label="Compétences qui la montrent (une seule suffit)",
        queryset=Competence.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "tick-lines"}),
        help_text="Ce sont des propositions : cochez celles qui disent la même chose, laissez les autres.",
    )

    def __init__(self, *args: Any, offered: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sent = self.data.getlist("competences") if self.is_bound else []  # type: ignore[attr-defined]
        numbers = {number for each in sent if (number := whole_number(each)) is not None}
        self.fields["competences"].queryset = _choosable(numbers | set(offered), offered)  # type: ignore[attr-defined]


def _choosable(numbers: Collection[int], held: Collection[int]) -> QuerySet[Competence]:
    return Competence.objects.choosable(held=list(held)).filter(pk__in=list(numbers))
