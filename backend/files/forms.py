"""The input of a file, in any form of any domain."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings

ACCEPTED = ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"


class ProofField(forms.FileField):
    """A PDF or a photo; what it really is, the service looks at."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Pièce")
        kwargs.setdefault("required", False)
        kwargs.setdefault(
            "help_text",
            f"PDF, JPEG ou PNG, {settings.FILES_MAX_BYTES // (1024 * 1024)} Mo au plus. "
            "La position et l’auteur des photos sont effacés.",
        )
        super().__init__(
            widget=forms.FileInput(attrs={"accept": ACCEPTED}),
            allow_empty_file=True,
            max_length=255,
            **kwargs,
        )
        self.error_messages |= {"max_length": "Le nom de ce fichier est trop long."}
