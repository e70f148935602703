"""A certification aimed at, then one stage after the other."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from backend.core.pages.forms import DayField, VersionField
from backend.web.forms.base import OF_THE_PAGE, OF_THE_SEAT, CalmForm, OneChip
from competences.enums import VaeStatus
from competences.models import VaeProject
from competences.rules.vae import NEXT_STAGES


class VaePlanForm(CalmForm):
    """Which certification, from when."""

    writes = VaeProject
    typed_as: ClassVar = {"on": "reached_on"}
    left_out: ClassVar = {
        "beneficiary": OF_THE_PAGE,
        "organisation": OF_THE_SEAT,
        "next_due_on": "calculée de l’étape",
    }

    certification = forms.CharField(
        label="Certification visée",
        max_length=200,
        help_text="Le titre ou le diplôme, en entier ou par blocs.",
    )
    on = DayField(label="Depuis le")


class VaeMoveForm(CalmForm):
    """The stage just reached: only those that may follow are offered."""

    writes = VaeProject
    typed_as: ClassVar = {"on": "reached_on"}

    version = VersionField()
    status = forms.ChoiceField(label="Étape franchie", widget=OneChip())
    on = DayField(label="Le")

    def __init__(self, *args: Any, project: VaeProject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stages = NEXT_STAGES[VaeStatus(project.status)]
        self.fields["status"].choices = [(stage.value, stage.label) for stage in stages]  # type: ignore[attr-defined]
