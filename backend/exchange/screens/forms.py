"""Choosing what to bring in, and what to take away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from backend.core.actor import Actor
from backend.exchange.models import CopyFormat
from backend.organisations.models import Organisation
from backend.web.forms.base import CalmForm, OneChip


class SeveralFiles(forms.ClearableFileInput):
    """One input, several files."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """The files chosen, each checked as a file."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:  # type: ignore[override]
        """Every file; at least one."""
        files = data if isinstance(data, list | tuple) else [data]
        return [super(SeveralFilesField, self).clean(file, initial) for file in files or [None]]


class OneStructureForm(CalmForm):
    """Which structure, when one answers for several."""

    writes = "une structure, choisie pour ce qui suit"

    organisation = forms.ModelChoiceField(
        label="Structure", queryset=Organisation.objects.none(), empty_label="Choisissez"
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Organisation.objects.covered_by(actor)
        self._only: Organisation | None = places.first() if len(actor.organisation_ids) == 1 else None
        if self._only:
            del self.fields["organisation"]
        else:
            self.fields["organisation"].queryset = places  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The structure is known when there is only one."""
        values = super().clean() or {}
        return {"organisation": self._only, **values} if self._only else values


class ImportForm(OneStructureForm):
    """Which structure, when one answers for several; which files."""

    writes = "des fichiers, lus par le moteur de l’échange"

    spreadsheets = SeveralFilesField(
        label="Vos fichiers",
        allow_empty_file=False,
        widget=SeveralFiles(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xlsm,.xls,.ods"}),
        help_text="Un classeur Excel (.xlsx) ou des fichiers .csv, 10 Mo au plus en tout.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "organisation" in self.fields:
            self.fields["organisation"].help_text = "Toutes les lignes sont rattachées à cette structure."
        self.fields["spreadsheets"].error_messages |= {
            "required": "Choisissez au moins un fichier.",
            "empty": "Un de ces fichiers est vide.",
            "max_length": "Le nom d’un de ces fichiers est trop long.",
        }


class TakeAwayForm(OneStructureForm):
    """Which structure, when one answers for several; which kind of file."""

    writes = "un fichier, préparé par le service"

    format = forms.ChoiceField(
        label="Fichier",
        choices=CopyFormat.choices,
        initial=CopyFormat.XLSX.value,
        widget=OneChip(),
        help_text="Le classeur s’ouvre d’un clic ; l’archive contient un fichier par tableau. Les deux disent la même chose.",
    )
