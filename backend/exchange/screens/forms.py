"""Choosing the spreadsheets to bring in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from backend.core.actor import Actor
from backend.organisations.models import Organisation
from backend.web.forms.base import CalmForm


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


class ImportForm(CalmForm):
    """Which structure, when one answers for several; which files."""

    writes = "des fichiers, lus par le moteur de l’échange"

    organisation = forms.ModelChoiceField(
        label="Structure",
        queryset=Organisation.objects.none(),
        empty_label="Choisissez",
        help_text="Toutes les lignes sont rattachées à cette structure.",
    )
    spreadsheets = SeveralFilesField(
        label="Vos fichiers",
        allow_empty_file=False,
        widget=SeveralFiles(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xlsm,.xls,.ods"}),
        help_text="Un classeur Excel (.xlsx) ou des fichiers .csv, 10 Mo au plus en tout.",
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Organisation.objects.covered_by(actor)
        self._only: Organisation | None = places.first() if len(actor.organisation_ids) == 1 else None
        if self._only:
            del self.fields["organisation"]
        else:
            self.fields["organisation"].queryset = places  # type: ignore[attr-defined]
        self.fields["spreadsheets"].error_messages |= {
            "required": "Choisissez au moins un fichier.",
            "empty": "Un de ces fichiers est vide.",
            "max_length": "Le nom d’un de ces fichiers est trop long.",
        }

    def clean(self) -> dict[str, Any]:
        """The structure is known when there is only one."""
        values = super().clean() or {}
        return {"organisation": self._only, **values} if self._only else values
