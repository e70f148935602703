"""What may be corrected of each thing typed on the employers' side."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import Q

from backend.core.actor import Actor
from backend.core.pages.forms import DayField, IdentifierField, WholeField
from backend.core.values.identifiers import clean_insee_code
from backend.web.forms.base import OneChip
from employers.enums import HireKind, Situation
from employers.models import Employer, Establishment, Placement, PostHireFollowUp, TaskAnalysis
from employers.screens.post_hire.forms import months_field
from pathways.screens.corrections.forms import CorrectionForm


class EstablishmentCorrectForm(CorrectionForm):
    """A workplace; its employer is what it is."""

    writes = Establishment

    name = forms.CharField(label="Nom du lieu", max_length=160)
    commune = forms.CharField(label="Commune", max_length=120, required=False)
    insee_code = IdentifierField(label="Code commune INSEE", clean_with=clean_insee_code, required=False)


class AnalysisCorrectForm(CorrectionForm):
    """The title and the day of an analysis."""

    writes = TaskAnalysis

    title = forms.CharField(label="Intitulé", max_length=160)
    observed_on = DayField(label="Observée le")


class HireCorrectForm(CorrectionForm):
    """A hire: its person, its stay and the job it comes from are what they are."""

    writes = Placement

    employer = forms.ModelChoiceField(
        label="Employeur", queryset=Employer.objects.none(), empty_label="Choisir"
    )
    kind = forms.ChoiceField(label="Contrat", choices=HireKind.choices, widget=OneChip())
    started_on = DayField(label="Embauche le")
    months: WholeField = months_field()
    trial_ends_on = DayField(label="Fin de la période d’essai", required=False)
    left_on = DayField(
        label="Dernier jour dans la structure",
        required=False,
        help_text="Le jour de l’embauche si rien n’est écrit.",
    )

    def settle(self, row: Any, actor: Actor) -> None:
        """The employers of its job, or all those known; the last day when it is not the day of the hire."""
        known = Employer.objects.visible_to(actor)
        among = known.filter(proposals=row.proposal_id) if row.proposal_id else known
        choices = Employer.objects.filter(Q(pk=row.employer_id) | Q(pk__in=among.values("pk")))
        self.fields["employer"].queryset = choices  # type: ignore[attr-defined]
        left_on = row.exit.occurred_on
        self.initial["left_on"] = None if left_on == row.started_on else left_on


class PostHireCorrectForm(CorrectionForm):
    """What a contact found."""

    writes = PostHireFollowUp
    typed_as: ClassVar = {"on": "done_on"}

    situation = forms.ChoiceField(
        label="Ce que vous avez constaté", choices=Situation.choices, widget=OneChip()
    )
    on = DayField(label="Contact le")
    note = forms.CharField(
        label="À retenir", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
