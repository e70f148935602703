"""Trainings, as they are typed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms

from backend.core.pages.forms import DayField, HoursField, IdentifierField, VersionField, WholeField
from backend.core.values.identifiers import clean_certification_code
from backend.files.forms import ProofField
from backend.web.forms.base import OF_THE_PAGE, OF_THE_SEAT, CalmForm, OneChip
from pathways.enums import (
    CancelReason,
)
from pathways.enums.trainings import (
    TrainingDecider,
    TrainingFunder,
    TrainingKind,
    TrainingOutcome,
    TrainingStop,
    TrainingTime,
)
from pathways.models import Training
from pathways.models.training import MOST_DAYS, MOST_HOURS


def _optional(label: str, choices: Iterable[tuple[Any, Any]], **said: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", "Non renseigné"), *choices], **said)


def _days(label: str) -> WholeField:
    return WholeField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST_DAYS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "field-short"}),
    )


def _hours(label: str) -> HoursField:
    return HoursField(
        label=label,
        required=False,
        max_value=MOST_HOURS,
        max_digits=6,
        decimal_places=1,
    )


def _stop() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Pourquoi elle s’est arrêtée",
        required=False,
        choices=[("", "Sans objet"), *TrainingStop.choices],
        help_text="Seulement si elle s’est arrêtée avant la fin.",
    )


def _certificate_day() -> DayField:
    return DayField(
        label="Date du certificat",
        required=False,
        help_text="S’il est obtenu. Le document se joint ensuite, sur la page de la personne.",
    )


class TrainingForm(CalmForm):
    """One training."""

    writes = Training
    left_out: ClassVar = {
        "beneficiary": OF_THE_PAGE,
        "organisation": OF_THE_SEAT,
        "external_id": "l’identifiant de l’expéditeur d’un fichier",
    }

    title = forms.CharField(label="Intitulé", max_length=160)
    kind = forms.ChoiceField(label="Type de formation", choices=TrainingKind.choices)
    provider = forms.CharField(label="Organisme de formation", max_length=160, required=False)
    started_on = DayField(label="Du")
    planned_end_on = DayField(label="Au", help_text="Le dernier jour prévu.")
    planned_days = _days("Jours prévus")
    planned_hours = _hours("Heures prévues")
    time = _optional("Temps de travail", TrainingTime.choices)
    funder = _optional("Financement", TrainingFunder.choices)
    decided_by = _optional("Choisie par", TrainingDecider.choices)
    certification_code = IdentifierField(
        label="Certification préparée",
        clean_with=clean_certification_code,
        required=False,
        help_text="Son code au répertoire national, par exemple RNCP38596 ou RS5476.",
    )
    licence = forms.CharField(
        label="Habilitation préparée",
        max_length=120,
        required=False,
        help_text="Par exemple CACES R489, SST, permis B. Une fois obtenue, notez-la parmi les habilitations.",
    )


class TrainingCorrectForm(TrainingForm):
    """The same, with how it ended."""

    version = VersionField()
    ended_on = DayField(label="Terminée le", required=False)
    done_days = _days("Jours suivis")
    done_hours = _hours("Heures suivies")
    outcome = forms.ChoiceField(
        label="Comment elle s’est terminée",
        required=False,
        choices=[("", "Pas encore dit"), *TrainingOutcome.choices],
    )
    stop_reason = _stop()
    certified_on = _certificate_day()


class TrainingFinishForm(CalmForm):
    """How it ended."""

    writes = Training
    typed_as: ClassVar = {"on": "ended_on"}

    version = VersionField()
    on = DayField(label="Dernier jour de la formation")
    outcome = forms.ChoiceField(
        label="Comment elle s’est terminée", choices=TrainingOutcome.choices, widget=OneChip()
    )
    certified_on = _certificate_day()
    stop_reason = _stop()
    done_days = _days("Jours suivis")
    done_hours = _hours("Heures suivies")


class TrainingFileForm(CalmForm):
    """The certificate."""

    writes = "une pièce jointe, portée par la formation"

    file = ProofField(label="La photo ou le document", required=True)


class TrainingCancelForm(CalmForm):
    """Why a training is taken back."""

    writes = Training
    typed_as: ClassVar = {"reason": "cancel_reason"}

    version = VersionField()
    reason = forms.ChoiceField(label="Pourquoi l’annuler", choices=CancelReason.choices, widget=OneChip())
