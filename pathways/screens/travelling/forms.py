"""Medical visits and days saved, as they are typed; and where somebody goes, which is only read."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from backend.core.pages.forms import DayField, IdentifierField, NumberField, VersionField
from backend.core.values.identifiers import clean_rome_code
from backend.web.forms.base import OF_THE_PAGE, OF_THE_SEAT, CalmForm, OneChip
from pathways.enums import CancelReason
from pathways.enums.travelling import (
    Destination,
    SavedFate,
    SavedKind,
    Tie,
    VisitKind,
    VisitPaper,
    VisitRhythm,
)
from pathways.models import MedicalVisit, SavedDays
from pathways.models.rights.medical_visit import MOST_JOBS
from pathways.models.rights.saved_days import LEAST_DAYS, MOST_DAYS
from pathways.services.rights.saved_days import COUNTED
from pathways.services.rights.visits import NOTED

_A_FILE = "l’identifiant de l’expéditeur d’un fichier"


class JobsField(forms.CharField):
    """Codes of the ROME separated by commas or spaces, given as a list."""

    def prepare_value(self, value: Any) -> Any:
        """« K2204, G1603 », whether a list or the text of the row."""
        if isinstance(value, str):
            return value.replace(",", ", ").replace("  ", " ")
        return ", ".join(value or ())

    def clean(self, value: Any) -> Any:
        """Each code once, in the order typed."""
        text = super().clean(value)
        codes = [clean_rome_code(code) for code in text.replace(",", " ").replace(";", " ").split()]
        if len(codes) > MOST_JOBS:
            raise forms.ValidationError(f"{MOST_JOBS} codes au plus.")
        return list(dict.fromkeys(codes))


class VisitForm(CalmForm):
    """One visit already made."""

    writes = MedicalVisit
    left_out: ClassVar = {"beneficiary": OF_THE_PAGE, "organisation": OF_THE_SEAT, "external_id": _A_FILE}

    made_on = DayField(label="Faite le")
    kind = forms.ChoiceField(label="Quelle visite", choices=VisitKind.choices)
    paper = forms.ChoiceField(
        label="Papier reçu",
        choices=VisitPaper.choices,
        help_text="Ce que le service a remis à l’employeur. Rien de la santé de la personne ne s’écrit ici.",
    )
    rhythm = forms.ChoiceField(
        label="Suivi", choices=VisitRhythm.choices, initial=VisitRhythm.ORDINARY, widget=OneChip()
    )
    due_on = DayField(
        label="Prochaine visite avant le",
        required=False,
        help_text="La date écrite sur le papier. Sans elle, le délai du Code du travail compte.",
    )
    jobs = JobsField(
        label="Emplois couverts",
        required=False,
        help_text="Codes ROME écrits sur le papier, trois au plus en AI et en ETTI. Par exemple K2204, G1603.",
    )
    service = forms.CharField(
        label="Service de prévention et de santé au travail",
        max_length=160,
        required=False,
        help_text="Le nom du service : c’est à lui que le papier se redemande.",
    )


class VisitCorrectForm(VisitForm):
    """The same, as somebody may have changed it meanwhile."""

    version = VersionField()


class VisitCancelForm(CalmForm):
    """Why a visit is taken back."""

    writes = MedicalVisit
    typed_as: ClassVar = {"reason": "cancel_reason"}

    version = VersionField()
    reason = forms.ChoiceField(label="Pourquoi l’annuler", choices=CancelReason.choices, widget=OneChip())


class SavedForm(CalmForm):
    """One count of days off."""

    writes = SavedDays
    left_out: ClassVar = {"beneficiary": OF_THE_PAGE, "organisation": OF_THE_SEAT, "external_id": _A_FILE}

    kind = forms.ChoiceField(label="Quels jours", choices=SavedKind.choices)
    days = NumberField(
        label="Combien de jours",
        min_value=LEAST_DAYS,
        max_value=MOST_DAYS,
        max_digits=5,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "field-short"}),
    )
    counted_on = DayField(label="Comptés le", help_text="Le jour du dernier bulletin de paie.")
    fate = forms.ChoiceField(label="Ce qu’ils deviennent", choices=SavedFate.choices)


class SavedCorrectForm(SavedForm):
    """The same, as somebody may have changed it meanwhile."""

    version = VersionField()


class SavedCancelForm(CalmForm):
    """Why a count is taken back."""

    writes = SavedDays
    typed_as: ClassVar = {"reason": "cancel_reason"}

    version = VersionField()
    reason = forms.ChoiceField(label="Pourquoi les annuler", choices=CancelReason.choices, widget=OneChip())


class BorderForm(CalmForm):
    """Where somebody would go, and when: only read."""

    writes = "rien : la page se relit pour une autre destination"

    vers = forms.ChoiceField(label="Vers", choices=Destination.choices)
    lien = forms.ChoiceField(label="Chez", choices=Tie.choices)
    le = DayField(label="Premier jour là-bas")
    metier = IdentifierField(
        label="Code ROME du travail",
        clean_with=clean_rome_code,
        required=False,
        help_text="S’il est connu.",
        input_attrs={"class": "field-short"},
    )


def visit_typed(visit: MedicalVisit) -> dict[str, Any]:
    """What the form of a known visit begins with."""
    return {name: getattr(visit, name) for name in (*NOTED, "version")}


def saved_typed(saved: SavedDays) -> dict[str, Any]:
    """What the form of a known count begins with."""
    return {name: getattr(saved, name) for name in (*COUNTED, "version")}
