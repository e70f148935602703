"""A badge that somebody received, to verify."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from backend.web.forms.base import CalmForm
from competences.badges.proofs import MAX_BYTES


class CheckBadgeForm(CalmForm):
    """One file; an address when the badge is linked to one."""

    writes: ClassVar = "ce qui est envoyé est lu, puis oublié"

    badge = forms.FileField(
        label="Le badge reçu",
        widget=forms.FileInput(attrs={"accept": ".json,application/json,application/ld+json"}),
        help_text="Un fichier .json. Il est lu, puis oublié : rien n’est gardé.",
        allow_empty_file=True,
        max_length=255,
    )
    email = forms.EmailField(
        label="Adresse électronique de la personne",
        required=False,
        help_text="Pour un badge relié à une adresse : la page dit si c’est celle-ci.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["badge"].error_messages |= {
            "required": "Choisissez le fichier du badge.",
            "max_length": "Le nom de ce fichier est trop long.",
        }

    def clean_badge(self) -> bytes:
        """What the file says, when it is no larger than a badge."""
        sent = self.cleaned_data["badge"]
        if sent.size > MAX_BYTES:
            raise forms.ValidationError(
                "Ce fichier est trop grand pour être un badge : ouvrez l’archive et choisissez un seul fichier .json."
            )
        content: bytes = sent.read()
        return content
