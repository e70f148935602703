"""What may be corrected of each thing typed; `version` says which version of it is being corrected."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import Model

from backend.core.actor import Actor
from backend.core.pages.forms import DayField, IdentifierField, InstantField
from backend.core.values.identifiers import clean_pass_number
from backend.web.forms.base import CalmForm, OneChip
from pathways.enums import CancelReason, ContractKind, GoalOrigin
from pathways.models import Action, Appointment, Contract, Exit, Goal, IaePass, Stay
from pathways.screens.contracts.fields import (
    end_motive_field,
    guaranteed_hours_field,
    rome_code_field,
    weekly_hours_field,
)


class CorrectionForm(CalmForm):
    """A row as it is written, ready to be corrected."""

    writes: ClassVar[type[Model] | str] = "chaque correction dit sa table"

    version = forms.CharField(widget=forms.HiddenInput, max_length=32)

    def __init__(self, *args: Any, row: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.settle(row, actor)

    def settle(self, row: Any, actor: Actor) -> None:
        """Give the form the choices that depend on the row; nothing for most."""


class ContractCorrectForm(CorrectionForm):
    """A contract; its stay and its chain are what they are."""

    writes = Contract

    kind = forms.ChoiceField(label="Type de contrat", choices=ContractKind.choices)
    started_on = DayField(label="Début")
    planned_end_on = DayField(label="Fin prévue", required=False, help_text="Laissez vide pour un CDI.")
    ended_on = DayField(
        label="Dernier jour travaillé", required=False, help_text="Vide tant que le contrat court."
    )
    end_motive = end_motive_field()
    weekly_hours = weekly_hours_field()
    guaranteed_hours = guaranteed_hours_field()
    rome_code = rome_code_field()


class StayCorrectForm(CorrectionForm):
    """The day of entry."""

    writes = Stay

    started_on = DayField(label="Premier jour dans la structure")


class PassCorrectForm(CorrectionForm):
    """The number and the days of a PASS IAE."""

    writes = IaePass

    number = IdentifierField(
        label="Numéro",
        clean_with=clean_pass_number,
        help_text="12 caractères, tels que reçus des Emplois de l’inclusion.",
    )
    starts_on = DayField(label="Début")
    ends_on = DayField(label="Fin")


class ExitMoveForm(CorrectionForm):
    """The day of an exit; its motive has its own page."""

    writes = Exit
    typed_as: ClassVar = {"on": "occurred_on"}

    on = DayField(label="Dernier jour dans la structure")


class GoalCorrectForm(CorrectionForm):
    """The words and the day of a goal."""

    writes = Goal

    label = forms.CharField(label="Objectif", max_length=200, help_text="Avec les mots de la personne.")
    origin = forms.ChoiceField(label="Proposé par", choices=GoalOrigin.choices, widget=OneChip())
    due_on = DayField(label="Échéance", required=False)


class ActionCorrectForm(CorrectionForm):
    """The words, the day and the goal of an action."""

    writes = Action

    label = forms.CharField(label="Action", max_length=200)
    due_on = DayField(label="Pour le", required=False)
    goal = forms.ModelChoiceField(
        label="Pour quel objectif",
        queryset=Goal.objects.none(),
        required=False,
        empty_label="Aucun en particulier",
    )

    def settle(self, row: Any, actor: Actor) -> None:
        """The goals of this person."""
        goals = Goal.objects.visible_to(actor).filter(beneficiary=row.beneficiary_id)
        self.fields["goal"].queryset = goals  # type: ignore[attr-defined]


class AppointmentCorrectForm(CorrectionForm):
    """The time and the reason of an appointment."""

    writes = Appointment

    starts_at = InstantField(label="Le")
    purpose = forms.CharField(label="Pour", max_length=120, required=False)


class CancelForm(CorrectionForm):
    """Why what was typed is taken back."""

    writes = "pourquoi la saisie est reprise : la raison reste au journal"

    reason = forms.ChoiceField(label="Pourquoi", choices=CancelReason.choices, widget=OneChip())
