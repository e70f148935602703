"""Tasks that could be given to somebody, and what each asks for."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django_filters import rest_framework as django_filters
from rest_framework import serializers

from backend.core.actor import Role
from backend.core.api.endpoints import creates, deletes, updates
from backend.core.api.filters import Filters, IdFilter
from backend.core.api.serializers import ExactField, Input, ModelInput, NumberField, Output, ScopedField
from backend.core.api.views import DomainViewSet, Lists, Shows
from competences.api.fields import CompetenceField
from competences.enums import Level
from employers import enums, services
from employers.enums import Daypart
from employers.models import TaskAnalysis, TaskRequirement, WorkTask
from employers.permissions import may_work_with_employers
from employers.rules.tasks import MAY_BE_ASKED, MOST_HOURS, SEASONS
from employers.services import Required

INNER_MARKS = ("is_hard", "is_devalued")
"""What the team thinks of a task to compose a bearable job: never told to whoever gave the task."""


class TaskFilter(Filters):
    """Tasks by analysis, employer, family."""

    analysis = IdFilter(field_name="analysis_id")
    employer = IdFilter(field_name="analysis__establishment__employer_id")
    family = django_filters.ChoiceFilter(choices=enums.TaskFamily.choices)


class RequiredSerializer(Input):
    """Une compétence qu’une tâche demande."""

    competence = CompetenceField()
    level = serializers.ChoiceField(choices=Level.choices, required=False)
    importance = ExactField(max_digits=3, decimal_places=1, min_value=Decimal("0.1"), required=False)


class TaskSerializer(ModelInput):
    """Comment est une tâche, et ce qu’elle demande."""

    season_hours = serializers.ListField(
        child=NumberField(min_value=0, max_value=MOST_HOURS),
        required=False,
        min_length=SEASONS,
        max_length=SEASONS,
        help_text="Heures par semaine en hiver, au printemps, en été, en automne.",
    )
    dayparts = serializers.ListField(
        child=serializers.ChoiceField(choices=enums.Daypart.choices), required=False, max_length=4
    )
    demands = serializers.ListField(child=serializers.CharField(max_length=60), required=False, max_length=20)
    licences = serializers.ListField(
        child=serializers.ChoiceField(choices=[(kind.value, kind.label) for kind in MAY_BE_ASKED]),
        required=False,
        max_length=len(MAY_BE_ASKED),
        help_text="Habilitations à détenir : qui n’en a pas, ou plus, n’est pas proposé.",
    )
    requirements: Any = serializers.ListSerializer(child=RequiredSerializer(), required=False, max_length=60)

    class Meta:
        model = WorkTask
        fields: ClassVar = [
            "name", "family", "weekly_hours", "season_hours", "dayparts", "is_hard", "is_devalued",
            "is_skill_building", "demands", "licences", "dangerous_work", "dismissed_on", "rome_code", "hourly_cost", "requirements",
        ]  # fmt: skip

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Requirements as the domain says them."""
        if "requirements" in attrs:
            attrs["required"] = [Required(**each) for each in attrs.pop("requirements")]
        return attrs


class AddTaskSerializer(TaskSerializer):
    """Une tâche d’une analyse."""

    analysis = ScopedField(TaskAnalysis)

    class Meta(TaskSerializer.Meta):
        fields: ClassVar = ["analysis", *TaskSerializer.Meta.fields]


class RequirementSerializer(Output):
    """Une compétence qu’une tâche demande."""

    competence = serializers.CharField(source="competence.code")
    competence_label = serializers.CharField(source="competence.label")

    class Meta:
        model = TaskRequirement
        fields: ClassVar = ["competence", "competence_label", "level", "importance"]
        left_out: ClassVar = {
            "task": "shown under its task",
        }


class WorkTaskSerializer(Output):
    """Une tâche qui pourrait être confiée."""

    season_hours = serializers.ListField(child=serializers.FloatField())
    dayparts = serializers.ListField(child=serializers.ChoiceField(choices=Daypart.choices))
    demands = serializers.ListField(child=serializers.CharField())
    licences = serializers.ListField(
        child=serializers.ChoiceField(choices=[(kind.value, kind.label) for kind in MAY_BE_ASKED])
    )
    requirements = RequirementSerializer(many=True)

    class Meta:
        model = WorkTask
        fields: ClassVar = [
            "id", "analysis", "name", "family", "weekly_hours", "season_hours", "dayparts", "is_hard",
            "is_devalued", "is_skill_building", "demands", "licences", "dangerous_work", "dismissed_on", "rome_code", "hourly_cost", "requirements",
        ]  # fmt: skip
        withheld: ClassVar = {Role.EMPLOYER: INNER_MARKS}


class WorkTaskViewSet(Lists, Shows, DomainViewSet):
    """Tâches qui pourraient être confiées."""

    model = WorkTask
    serializer_class = WorkTaskSerializer
    filterset_class = TaskFilter

    def shaped(self, rows: Any) -> Any:
        """With what each task asks for."""
        return rows.prefetch_related("requirements__competence")

    @creates(AddTaskSerializer, may=may_work_with_employers)
    def create(self, data: dict[str, Any]) -> WorkTask:
        """Écrire une tâche ; sans saisons, la semaine habituelle vaut toute l’année."""
        return services.add_task(actor=self.actor, **data)

    @updates(TaskSerializer, may=may_work_with_employers)
    def partial_update(self, task: WorkTask, data: dict[str, Any]) -> WorkTask:
        """Corriger une tâche ; donner ses compétences les remplace."""
        return services.change_task(actor=self.actor, task=task, **data)

    @deletes(may=may_work_with_employers)
    def destroy(self, task: WorkTask) -> None:
        """Retirer une tâche écrite par erreur, tant qu’aucun poste ne l’emploie."""
        services.remove_task(actor=self.actor, task=task)
