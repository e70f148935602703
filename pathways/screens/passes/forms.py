"""What is typed of a PASS IAE after it was received, and of a derogation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from backend.core.pages.forms import DayField, VersionField
from backend.core.values.dates import french_date
from backend.files.forms import ProofField
from backend.web.forms.base import OF_THE_GESTURE, OF_THE_PAGE, OF_THE_SEAT, CalmForm, OneChip
from pathways.enums import (
    Decider,
    DerogationMotive,
    OtherEmployer,
    ProlongationMotive,
    RefusalReason,
    RequestStatus,
    SuspensionMotive,
)
from pathways.models import Derogation, IaePass, PassProlongation, PassSuspension, Training

OF_A_FILE = "celui de l’outil qui envoie des fichiers"
_ANSWERS = [(status.value, status.label) for status in RequestStatus if status is not RequestStatus.ASKED]
_RECORDED: dict[str, str] = {
    "organisation": OF_THE_SEAT,
    "external_id": OF_A_FILE,
}


def _document() -> forms.CharField:
    return forms.CharField(
        label="Pièce",
        max_length=160,
        required=False,
        help_text="Sa nature, par exemple « décision du prescripteur » ; le document lui-même se joint ensuite, sur la page du PASS.",
    )


def _reason() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Raison du refus", choices=[("", "Sans objet"), *RefusalReason.choices], required=False
    )


class DecisionFileForm(CalmForm):
    """The document of a derogation or of a prolongation."""

    writes = "une pièce jointe, portée par la décision"

    file = ProofField(label="La photo ou le document", required=True)


class SuspensionForm(CalmForm):
    """Why and when a PASS is suspended."""

    writes = PassSuspension
    left_out: ClassVar = {"iae_pass": OF_THE_PAGE, **_RECORDED}

    motive = forms.ChoiceField(label="Motif", choices=SuspensionMotive.choices, widget=OneChip())
    starts_on = DayField(label="Premier jour")
    ends_on = DayField(
        label="Dernier jour",
        required=False,
        help_text="Vide, la plus longue possible, comme sur les Emplois de l’inclusion ; vous pourrez la terminer plus tôt.",
    )


class SuspensionEditForm(SuspensionForm):
    """The same, corrected or ended earlier."""

    version = VersionField()
    ends_on = DayField(label="Dernier jour")


class CancelForm(CalmForm):
    """Why a row goes."""

    writes = "retire une ligne, avec sa raison"

    version = VersionField()
    reason = forms.CharField(
        label="Pourquoi", max_length=300, help_text="La ligne reste lisible, barrée, avec cette raison."
    )


class ProlongationForm(CalmForm):
    """A request to prolong a PASS."""

    writes = PassProlongation
    left_out: ClassVar = {
        "iae_pass": OF_THE_PAGE,
        "starts_on": "la fin du PASS le dit",
        "status": OF_THE_GESTURE,
        "decided_on": OF_THE_GESTURE,
        "refusal_reason": OF_THE_GESTURE,
        **_RECORDED,
    }

    motive = forms.ChoiceField(label="Motif", choices=ProlongationMotive.choices, widget=OneChip())
    ends_on = DayField(label="Nouvelle fin demandée")
    asked_on = DayField(label="Demandée le")
    prescriber = forms.CharField(
        label="Prescripteur",
        max_length=160,
        required=False,
        help_text="L’organisme qui répond, s’il en faut un.",
    )
    document = _document()
    document_on = DayField(label="Date de la pièce", required=False)


class ProlongationEditForm(ProlongationForm):
    """The same, corrected."""

    version = VersionField()


class AnswerForm(CalmForm):
    """What was answered to a request."""

    writes = "répond à une demande"

    version = VersionField()
    status = forms.ChoiceField(label="Réponse", choices=_ANSWERS, widget=OneChip())
    decided_on = DayField(label="Le")
    refusal_reason = _reason()


class ProlongationAnswerForm(AnswerForm):
    """The same, with who answered."""

    prescriber = forms.CharField(label="Prescripteur", max_length=160, required=False)


class CloseForm(CalmForm):
    """The closing of a pathway, and what was looked at before."""

    writes = IaePass
    typed_as: ClassVar = {"on": "closed_on", "note": "closing_note"}
    left_out: ClassVar = {
        "beneficiary": OF_THE_PAGE,
    }

    on = DayField(label="Clos le")
    note = forms.CharField(
        label="Examen de la situation",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ce qui a été regardé, et avec qui. N’écrivez rien de médical.",
    )


class DerogationForm(CalmForm):
    """A decision on the contracts of a person, asked for or already taken."""

    writes = Derogation
    left_out: ClassVar = {"beneficiary": OF_THE_PAGE, **_RECORDED}

    motive = forms.ChoiceField(label="Motif", choices=DerogationMotive.choices)
    decider = forms.ChoiceField(label="Qui décide", choices=Decider.choices, widget=OneChip())
    starts_on = DayField(label="À partir du")
    ends_on = DayField(label="Jusqu’au", required=False)
    training_ends_on = DayField(
        label="Fin de la formation",
        required=False,
        help_text="Pour une formation en cours : la dérogation s’arrête avec elle.",
    )
    other_employer = forms.ChoiceField(
        label="L’autre employeur",
        choices=[("", "Sans objet"), *OtherEmployer.choices],
        required=False,
        help_text="Pour un cumul avec un autre contrat à temps partiel.",
    )
    status = forms.ChoiceField(label="Où en est-elle", choices=RequestStatus.choices, widget=OneChip())
    asked_on = DayField(label="Demandée le")
    decided_on = DayField(label="Réponse du", required=False)
    refusal_reason = _reason()
    document = _document()
    document_on = DayField(label="Date de la pièce", required=False)

    def __init__(
        self,
        *args: Any,
        motives: list[DerogationMotive],
        deciders: list[Decider],
        trainings: Sequence[Training],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if trainings:
            known = " ; ".join(f"« {each.title} », le {french_date(each.last_day)}" for each in trainings)
            self.fields[
                "training_ends_on"
            ].help_text = f"Formation connue : {known}. La dérogation s’arrête avec elle."
        self.fields["motive"].choices = [(each.value, each.label) for each in motives]  # type: ignore[attr-defined]
        self.fields["decider"].choices = [(each.value, each.label) for each in deciders]  # type: ignore[attr-defined]


class DerogationEditForm(DerogationForm):
    """The same, corrected."""

    version = VersionField()


class NewDerogationForm(DerogationForm):
    """The same, for the first time; `resumes` is the form whose refusal led here, kept as it was typed."""

    resumes = forms.CharField(widget=forms.HiddenInput, max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        motives = self.fields["motive"]
        motives.choices = [("", "Choisissez"), *motives.choices]  # type: ignore[attr-defined]


class DerogationAnswerForm(AnswerForm):
    """The same answer, with the document that says it."""

    document = _document()
    document_on = DayField(label="Date de la pièce", required=False)
