"""What is typed of a diagnosis of eligibility: who made it, the criteria, the day of each document seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from backend.core.pages.forms import DayField, VersionField
from backend.files.forms import ProofField
from backend.web.forms.base import OF_THE_PAGE, OF_THE_SEAT, CalmForm, OneChip
from pathways.enums import Criterion, DiagnosedBy
from pathways.models import EligibilityDiagnosis
from pathways.rules.eligibility.criteria import PROOFS, of_level

OF_A_FILE = "celui de l’outil qui envoie des fichiers"


def day_name(criterion: str) -> str:
    """« day_RSA »: the input of the day of this criterion's document."""
    return f"day_{criterion}"


def _day_of(criterion: Criterion) -> DayField:
    field = DayField(label=f"Date de la pièce : {PROOFS[criterion].document}", required=False)
    field.widget.attrs["class"] = "form-control field-short"
    return field


class DiagnosisForm(CalmForm):
    """A diagnosis: a criterion ticked, and beside it the day written on its document."""

    writes = EligibilityDiagnosis
    typed_as: ClassVar[Mapping[str, str]] = {day_name(each): "documents" for each in Criterion}
    left_out: ClassVar = {
        "beneficiary": OF_THE_PAGE,
        "organisation": OF_THE_SEAT,
        "external_id": OF_A_FILE,
    }

    made_by = forms.ChoiceField(label="Fait par", choices=DiagnosedBy.choices, widget=OneChip())
    made_on = DayField(label="Fait le")
    prescriber = forms.CharField(
        label="Prescripteur",
        max_length=160,
        required=False,
        help_text="L’organisme, quand c’est lui qui a fait le diagnostic.",
    )
    criteria = forms.MultipleChoiceField(
        label="Critères retenus",
        choices=Criterion.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple(),
        help_text="Un prescripteur n’a pas à en retenir.",
    )
    declared_on = DayField(
        label="Éligibilité déclarée le",
        required=False,
        help_text="Sur les Emplois de l’inclusion. Le temps où les pièces sont gardées se compte de ce jour.",
    )
    file = ProofField(label="Une pièce à joindre")
    # One input a criterion, drawn from the list: Django reads them from the body of the class.
    locals().update({day_name(each): _day_of(each) for each in Criterion})

    @property
    def levels(self) -> list[tuple[str, list[Any]]]:
        """Level by level, each criterion's box with the input of its document."""
        boxes = {str(box.data["value"]): box for box in self["criteria"].subwidgets}
        return [
            (title, [(boxes[each.value], self[day_name(each)], PROOFS[each]) for each in of_level(level)])
            for level, title in ((1, "Niveau 1 : un seul suffit"), (2, "Niveau 2 : il en faut plusieurs"))
        ]

    def clean(self) -> dict[str, Any]:
        """The words of the service: the days of documents gathered by criterion."""
        data = super().clean() or {}
        days = {each.value: data.pop(day_name(each), None) for each in Criterion}
        return {**data, "documents": {code: day for code, day in days.items() if day is not None}}


class DiagnosisEditForm(DiagnosisForm):
    """The same, completed or corrected."""

    version = VersionField()


class DiagnosisFileForm(CalmForm):
    """One more document."""

    writes = "une pièce jointe, portée par le diagnostic"

    file = ProofField(label="La photo ou le document", required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].error_messages["required"] = "Choisissez une photo ou un PDF."
