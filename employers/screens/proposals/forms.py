"""Composing a job, and asking people about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms

from backend.core.pages.forms import RowsField, VersionField
from backend.core.values.numbers import whole_number
from backend.core.values.text import alphabetical
from backend.organisations.models import Organisation
from backend.web.forms.base import CalmForm
from employers.enums import ProposalStatus
from employers.models import JobProposal, WorkTask
from employers.screens.week import hours_in_words
from pathways.models import Beneficiary


@dataclass(frozen=True, slots=True)
class TaskChoice:
    """One task to tick."""

    task: WorkTask
    hours: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class EmployerChoices:
    """The tasks seen at one employer's."""

    name: str
    tasks: list[TaskChoice]

    @property
    def is_open(self) -> bool:
        """Whether something is ticked here."""
        return any(each.is_chosen for each in self.tasks)


class ProposalForm(CalmForm):
    """A title, whose job it is, and its tasks."""

    writes = JobProposal

    title = forms.CharField(
        label="Intitulé du poste", max_length=160, help_text="Aide de production et de cantine."
    )
    organisation = forms.ModelChoiceField(
        label="Portée par", queryset=Organisation.objects.none(), empty_label=None
    )
    tasks = RowsField(
        label="Tâches",
        queryset=WorkTask.objects.none(),
        error_messages={"required": "Choisissez au moins une tâche pour composer le poste."},
    )

    def __init__(self, *args: Any, organisations: Any, tasks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["tasks"].queryset = tasks  # type: ignore[attr-defined]
        self.fields["tasks"].error_messages["required"] = (
            "Choisissez au moins une tâche pour composer le poste."
        )

    @property
    def chosen(self) -> list[WorkTask]:
        """The tasks ticked so far, whatever is still missing elsewhere."""
        wanted = {whole_number(value) for value in self["tasks"].value() or []}
        return [task for task in self._tasks() if task.pk in wanted]

    @property
    def groups(self) -> list[EmployerChoices]:
        """Tasks by employer, in alphabetical order."""
        chosen = {task.pk for task in self.chosen}
        groups: dict[str, list[TaskChoice]] = {}
        for task in self._tasks():
            name = task.analysis.establishment.employer.name
            groups.setdefault(name, []).append(
                TaskChoice(task, hours_in_words(task.average_hours), task.pk in chosen)
            )
        return [
            EmployerChoices(name, tasks)
            for name, tasks in sorted(groups.items(), key=lambda group: alphabetical(group[0]))
        ]

    def _tasks(self) -> list[WorkTask]:
        if not hasattr(self, "_found"):
            self._found = list(self.fields["tasks"].queryset)  # type: ignore[attr-defined]
        return self._found


class ProposalEditForm(ProposalForm):
    """The same, over what is already composed."""

    version = VersionField()
    status = forms.ChoiceField(label="État", choices=ProposalStatus.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["organisation"]


class AskForm(CalmForm):
    """Whom to ask."""

    writes = "à qui demander : chaque question est écrite par le service"

    people = RowsField(label="Personnes", queryset=Beneficiary.objects.none())

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people  # type: ignore[attr-defined]
        self.fields["people"].error_messages["required"] = "Cochez au moins une personne à solliciter."
