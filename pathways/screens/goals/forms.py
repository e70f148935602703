"""Goals, actions and appointments: a few words and a date."""

from __future__ import annotations

from typing import Any

from django import forms

from backend.core.pages.forms import DayField, InstantField, VersionField
from backend.web.forms.base import CalmForm, OneChip
from pathways.enums import AppointmentStatus, GoalOrigin, ProgressStatus
from pathways.models import Goal


class GoalForm(CalmForm):
    """A goal in the person's words."""

    label = forms.CharField(label="Objectif", max_length=200, help_text="Avec les mots de la personne.")
    origin = forms.ChoiceField(
        label="Proposé par", choices=GoalOrigin.choices, initial=GoalOrigin.SHARED, widget=OneChip()
    )
    due_on = DayField(label="Échéance", required=False)


class GoalProgressForm(CalmForm):
    """Where a goal stands."""

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


class ActionProgressForm(CalmForm):
    """What became of an action."""

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

    starts_at = InstantField(label="Quand")
    purpose = forms.CharField(label="Pour", max_length=120, required=False)


class AppointmentOutcomeForm(CalmForm):
    """What became of an appointment."""

    status = forms.ChoiceField(
        label="Ce rendez-vous",
        choices=[choice for choice in AppointmentStatus.choices if choice[0] != AppointmentStatus.PLANNED],
        widget=OneChip(),
    )


class PostponeActionForm(CalmForm):
    """The new day of an action."""

    version = VersionField()
    due_on = DayField(label="Reporter au")


class PostponeAppointmentForm(CalmForm):
    """The new time of an appointment."""

    starts_at = InstantField(label="Reporter au")
