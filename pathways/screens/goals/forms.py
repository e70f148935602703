"""Goals, actions and appointments: a few words and a date."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from backend.core.pages.forms import DayField, InstantField, VersionField
from backend.web.forms.base import OF_THE_PAGE, OF_THE_SEAT, CalmForm, OneChip
from pathways.enums import AppointmentStatus, GoalOrigin, ProgressStatus
from pathways.models import Action, Appointment, Goal
from pathways.rules.transitions import APPOINTMENTS, PROGRESS, within_reach


class GoalForm(CalmForm):
    """A goal in the person's words."""

    writes = Goal
    left_out: ClassVar = {
        "beneficiary": OF_THE_PAGE,
        "organisation": OF_THE_SEAT,
    }

    label = forms.CharField(label="Objectif", max_length=200, help_text="Avec les mots de la personne.")
    origin = forms.ChoiceField(
        label="Proposé par", choices=GoalOrigin.choices, initial=GoalOrigin.SHARED, widget=OneChip()
    )
    due_on = DayField(label="Échéance", required=False)


class StatusForm(forms.Form):
    """What became of something: only the states it may take from where it stands are offered.

    Another one is still read, for who sends a page opened before a colleague wrote: the service says what happened.
    """

    table: ClassVar[Mapping[str, frozenset[str]]]

    def __init__(self, *args: Any, current: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["status"]
        offered = within_reach(self.table, current)
        field.widget.choices = [choice for choice in field.choices if choice[0] in offered]


class GoalProgressForm(StatusForm, CalmForm):
    """Where a goal stands."""

    table = PROGRESS

    writes = Goal

    version = VersionField()
    status = forms.ChoiceField(label="Où en est-on", choices=ProgressStatus.choices, widget=OneChip())
    dropped_because = forms.CharField(
        label="Pourquoi l’abandonner",
        max_length=200,
        required=False,
        help_text="Utile seulement si l’objectif est abandonné.",
    )


class ActionForm(CalmForm):
    """Who does what by when."""

    writes = Action
    left_out: ClassVar = {
        "beneficiary": OF_THE_PAGE,
        "organisation": OF_THE_SEAT,
        "interview": "une action dite pendant un entretien en vient",
        "assignee": OF_THE_SEAT,
    }

    label = forms.CharField(label="Action", max_length=200)
    due_on = DayField(label="Pour le", required=False)
    goal = forms.ModelChoiceField(
        label="Pour quel objectif",
        queryset=Goal.objects.none(),
        required=False,
        empty_label="Aucun en particulier",
    )

    def __init__(self, *args: Any, goals: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["goal"].queryset = goals  # type: ignore[attr-defined]


class ActionProgressForm(StatusForm, CalmForm):
    """What became of an action."""

    table = PROGRESS

    writes = Action

    version = VersionField()
    status = forms.ChoiceField(label="Où en est-on", choices=ProgressStatus.choices, widget=OneChip())
    outcome = forms.CharField(
        label="Suite donnée",
        max_length=300,
        required=False,
        help_text="Ce que cela a donné, ou pourquoi c’est abandonné.",
    )


class AppointmentForm(CalmForm):
    """When we meet next."""

    writes = Appointment
    left_out: ClassVar = {
        "beneficiary": OF_THE_PAGE,
        "organisation": OF_THE_SEAT,
        "advisor": OF_THE_SEAT,
        "interview": "l’entretien qui y répond s’y accroche",
    }

    starts_at = InstantField(label="Quand")
    purpose = forms.CharField(label="Pour", max_length=120, required=False)


class AppointmentOutcomeForm(StatusForm, CalmForm):
    """What became of an appointment."""

    table = APPOINTMENTS

    writes = Appointment

    status = forms.ChoiceField(
        label="Ce rendez-vous",
        choices=[choice for choice in AppointmentStatus.choices if choice[0] != AppointmentStatus.PLANNED],
        widget=OneChip(),
    )


class PostponeActionForm(CalmForm):
    """The new day of an action."""

    writes = Action
    suggests = True

    version = VersionField()
    due_on = DayField(label="Reporter au")


class PostponeAppointmentForm(CalmForm):
    """The new time of an appointment."""

    writes = Appointment
    suggests = True

    starts_at = InstantField(label="Reporter au")
