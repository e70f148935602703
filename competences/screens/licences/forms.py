"""What is read on the document: which title, from when, until when."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from backend.core.pages.forms import DayField, VersionField
from backend.files.forms import ProofField
from backend.web.forms.base import OF_THE_PAGE, OF_THE_SEAT, CalmForm, dress
from competences.enums import LicenceKind
from competences.models import Licence

OF_THE_FILE = "celui de l’outil qui envoie des fichiers"


class LicenceForm(CalmForm):
    """A habilitation obtained, or obtained again."""

    writes = Licence
    left_out: ClassVar = {
        "beneficiary": OF_THE_PAGE,
        "organisation": OF_THE_SEAT,
        "external_id": OF_THE_FILE,
    }

    kind = forms.ChoiceField(label="Habilitation", choices=[("", "Choisissez"), *LicenceKind.choices])
    label = forms.CharField(
        label="Catégorie ou précision",
        max_length=120,
        required=False,
        help_text="Ce qui est écrit sur le document : catégorie 3, B1V… Pour une autre habilitation, son nom.",
    )
    obtained_on = DayField(label="Obtenue le")
    expires_on = DayField(
        label="Valable jusqu’au",
        required=False,
        help_text="Laissez vide si le document ne le dit pas : la fin est calculée quand une règle la fixe.",
    )
    issuer = forms.CharField(label="Délivrée par", max_length=160, required=False)
    is_suspended = forms.BooleanField(
        label="Suspendue ou retirée",
        required=False,
        help_text="Sans en dire la raison : elle ne regarde personne ici.",
    )
    file = ProofField(label="Le document")


class LicenceEditForm(LicenceForm):
    """The same, as the document really says it."""

    version = VersionField()


class LicenceCancelForm(CalmForm):
    """Why a habilitation is taken back."""

    writes = "annule une habilitation notée par erreur : elle reste lisible, avec sa raison"

    version = VersionField()
    reason = forms.CharField(label="Pourquoi cette habilitation est annulée", max_length=300)


class ProofForm(CalmForm):
    """A photo of the work, or a word signed by a tutor."""

    writes = "une pièce jointe, portée par ce qui a été vu"

    file = ProofField(label="La photo ou le document", required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].error_messages["required"] = "Choisissez une photo ou un PDF."


EVERY = "TOUTES"
"""Whatever the title opens."""


class TeamDayForm(forms.Form):
    """Which day, which title."""

    le = DayField(label="Habilitations valables le", required=False)
    habilitation = forms.ChoiceField(label="Habilitation", required=False)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        asked = [("", "Tout ce qui permet de conduire"), (EVERY, "Toutes les habilitations"), *kinds]
        self.fields["habilitation"].choices = asked  # type: ignore[attr-defined]
        for field in self.fields.values():
            dress(field)
