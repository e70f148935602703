"""Writing down the work of a day: one card per task, hours first."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.urls import reverse_lazy
from django.utils import timezone

from backend.core.pages.forms import DayField, NumberField
from backend.web.forms.base import OF_THE_GESTURE, OF_THE_PAGE, OF_THE_SEAT, CalmForm, Chips
from competences.enums import Level
from competences.models import Competence
from competences.selectors.wording import exact_competence, find_competences
from employers.enums import DangerousWork, Daypart, TaskFamily
from employers.models import TaskAnalysis, WorkTask
from employers.rules.tasks import MAY_BE_ASKED, MOST_HOURS
from employers.screens.week import SEASONS
from employers.services import Required

MARKS = [
    ("is_hard", "Pénible"),
    ("is_devalued", "Dévalorisée"),
    ("is_skill_building", "Développe une compétence"),
]
LEAST_ROWS = 3
MOST_ROWS = 60
_ROW = re.compile(r"competence_([0-9]{1,2})")


class AnalysisForm(CalmForm):
    """A day at one workplace."""

    writes = TaskAnalysis
    left_out: ClassVar = {
        "establishment": OF_THE_PAGE,
        "organisation": OF_THE_SEAT,
        "status": OF_THE_GESTURE,
    }

    title = forms.CharField(label="Intitulé", max_length=160, help_text="Une journée au fournil.")
    observed_on = DayField(label="Observée le")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"observed_on": timezone.localdate(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class CompetenceInput(forms.TextInput):
    """A few words, and what they may mean offered underneath by the browser itself."""

    template_name = "employers/analyses/_competence_input.html"
    found: tuple[Competence, ...] = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The input with its list of suggestions."""
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}_found"
        context["widget"]["attrs"] |= {
            "list": list_id,
            "autocomplete": "off",
            "hx-get": reverse_lazy("web:competence_search"),
            "hx-trigger": "input changed delay:250ms",
            "hx-target": f"#{list_id}",
            "hx-swap": "innerHTML",  # the form around it swaps itself whole
        }
        return {**context, "list_id": list_id, "found": self.found}


class CompetenceField(forms.CharField):
    """Words that name one competence of the referential."""

    widget = CompetenceInput

    def __init__(
        self, *, held: Collection[Competence] = (), trades: Collection[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.held = {competence.label.strip(): competence for competence in held}
        self.trades = trades

    def clean(self, value: Any) -> Competence | None:
        """The competence meant; several possible ones are offered rather than chosen for the person."""
        text = super().clean(value)
        if not text:
            return None
        exact = self.held.get(text) or exact_competence(text)
        if exact is not None:
            return exact
        found = find_competences(text, trades=self.trades)
        if len(found) == 1:
            return found[0]
        self.widget.found = tuple(found)
        if found:
            raise forms.ValidationError(
                "Plusieurs compétences portent ces mots. Choisissez-en une dans la liste proposée."
            )
        raise forms.ValidationError(
            "Aucune compétence ne porte ces mots. Essayez avec moins de mots, ou un mot plus courant."
        )


def _hours(label: str, *, required: bool = False) -> NumberField:
    return NumberField(
        label=label,
        required=required,
        min_value=Decimal("0.5") if required else 0,
        max_value=MOST_HOURS,
        max_digits=4,
        decimal_places=1,
        widget=forms.NumberInput(attrs={"step": "0.5", "inputmode": "decimal"}),
    )


class TaskRemoveForm(CalmForm):
    """Yes, this task goes."""

    writes = "retire une tâche, une fois lu ce qui part avec elle : rien ne se remplit"


class TaskForm(CalmForm):
    """One task: how many hours, what it is, how it feels, what it asks."""

    writes = WorkTask
    typed_as: ClassVar = {
        "season_0": "season_hours",
        "season_1": "season_hours",
        "season_2": "season_hours",
        "season_3": "season_hours",
        "marks": "is_hard is_devalued is_skill_building",
    }
    left_out: ClassVar = {
        "analysis": OF_THE_PAGE,
        "demands": "contraintes lues par le moteur de recomposition : un outil les envoie",
        "rome_code": "le métier d’une tâche : un outil l’envoie",
        "hourly_cost": "ce que coûte l’heure aujourd’hui : l’employeur ne le dit pas à l’observation",
    }

    weekly_hours = _hours("Heures par semaine", required=True)
    name = forms.CharField(
        label="Tâche", max_length=160, help_text="Un verbe et son objet : peser les ingrédients."
    )
    family = forms.ChoiceField(label="Famille", choices=[("", "Choisir"), *TaskFamily.choices])
    season_0 = _hours(SEASONS[0])
    season_1 = _hours(SEASONS[1])
    season_2 = _hours(SEASONS[2])
    season_3 = _hours(SEASONS[3])
    dayparts = forms.MultipleChoiceField(
        label="Moments", choices=Daypart.choices, required=False, widget=Chips()
    )
    marks = forms.MultipleChoiceField(
        label="Ce que l’équipe en dit", choices=MARKS, required=False, widget=Chips()
    )
    licences = forms.MultipleChoiceField(
        label="Habilitations demandées",
        choices=[(kind.value, kind.label) for kind in MAY_BE_ASKED],
        required=False,
        widget=Chips(),
        help_text="Qui n’en a pas, ou plus, n’est pas proposé pour cette tâche.",
    )
    dangerous_work = forms.ChoiceField(
        label="Travail dangereux",
        choices=[("", "Aucun de la liste"), *DangerousWork.choices],
        required=False,
        help_text=WorkTask._meta.get_field("dangerous_work").help_text,
    )
    dismissed_on = DayField(
        label="Dernier licenciement économique sur un poste équivalent",
        required=False,
        help_text=WorkTask._meta.get_field("dismissed_on").help_text,
    )

    def __init__(
        self,
        *args: Any,
        held: Sequence[Competence] = (),
        trades: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        """`held` is what the task already asks for: it may be kept, even retired from the referential since."""
        super().__init__(*args, **kwargs)
        self.rows = range(_rows(self.data, self.initial))
        for row in self.rows:
            own = (*held, *held[row : row + 1])  # its own last: two that share a name stay two
            self.fields[f"competence_{row}"] = _dressed(
                CompetenceField(label="Compétence", required=False, held=own, trades=trades)
            )
            self.fields[f"level_{row}"] = _dressed(
                forms.TypedChoiceField(
                    label="Niveau attendu",
                    choices=Level.choices,
                    coerce=int,
                    initial=Level.WITH_HELP,
                    required=False,
                )
            )

    @property
    def seasons(self) -> list[forms.BoundField]:
        """The four inputs of the year."""
        return [self[f"season_{number}"] for number in range(len(SEASONS))]

    @property
    def competence_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each competence with its level."""
        return [(self[f"competence_{row}"], self[f"level_{row}"]) for row in self.rows]

    @property
    def has_more(self) -> bool:
        """Whether the folded part holds something to look at."""
        always = {"weekly_hours", "name", "family"}
        return bool(set(self.errors) - always) if self.is_bound else bool(self.initial.get("name"))

    def clean(self) -> dict[str, Any]:
        """The words of a service: seasons as four numbers, marks as three answers, competences with levels."""
        data = super().clean() or {}
        self._refuse_repeats(data)
        if self.errors:
            return data
        usual = data["weekly_hours"]
        seasons = [data[f"season_{number}"] for number in range(len(SEASONS))]
        return {
            "form_id": data["form_id"],
            "name": data["name"],
            "family": data["family"],
            "weekly_hours": usual,
            "season_hours": [float(usual if each is None else each) for each in seasons],
            "dayparts": data["dayparts"],
            "licences": data["licences"],
            "dangerous_work": data["dangerous_work"],
            "dismissed_on": data["dismissed_on"],
            **{mark: mark in data["marks"] for mark, _ in MARKS},
            "required": [
                Required(data[f"competence_{row}"], level=data[f"level_{row}"] or Level.WITH_HELP)
                for row in self.rows
                if data[f"competence_{row}"]
            ],
        }

    def _refuse_repeats(self, data: dict[str, Any]) -> None:
        seen = set()
        for row in self.rows:
            competence = data.get(f"competence_{row}")
            if competence is not None and competence.pk in seen:
                self.add_error(f"competence_{row}", "Cette compétence est déjà demandée plus haut.")
            elif competence is not None:
                seen.add(competence.pk)


def known_of(task: WorkTask) -> dict[str, Any]:
    """What a task says, as its form shows it."""
    known: dict[str, Any] = {
        "name": task.name,
        "weekly_hours": task.weekly_hours,
        "family": task.family,
        "dayparts": task.dayparts,
        "licences": task.licences,
        "dangerous_work": task.dangerous_work,
        "dismissed_on": task.dismissed_on,
        "marks": [mark for mark, _ in MARKS if getattr(task, mark)],
    }
    if set(task.season_hours) != {
        float(task.weekly_hours)
    }:  # an even year is left blank, and follows the week
        known |= {f"season_{number}": hours for number, hours in enumerate(task.season_hours)}
    for row, required in enumerate(task.requirements.select_related("competence")):
        known |= {f"competence_{row}": required.competence.label, f"level_{row}": required.level}
    return known


def held_by(task: WorkTask) -> list[Competence]:
    """The competences a task asks for today."""
    return [required.competence for required in task.requirements.select_related("competence")]


def _rows(*sources: Any) -> int:
    """As many rows as were sent or known, and always an empty one."""
    used = [int(found[1]) for source in sources for name in source if (found := _ROW.fullmatch(str(name)))]
    sent = bool(sources[0])
    return min(max(LEAST_ROWS, max(used, default=-1) + (1 if sent else 2)), MOST_ROWS)


def _dressed(field: forms.Field) -> forms.Field:
    field.widget.attrs["class"] = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
    return field
