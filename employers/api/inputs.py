"""What may be written on the employers' side: types, lengths and choices; the domain decides the rest."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from rest_framework import serializers

from backend.core.api.serializers import (
    DayField,
    ExactField,
    Input,
    ModelInput,
    NumberField,
    ScopedField,
    WholeField,
    phone_field,
)
from backend.organisations.models import Organisation
from competences.api.serializers import CompetenceField
from competences.enums import Level
from employers import enums
from employers.models import (
    Employer,
    Establishment,
    JobProposal,
    Placement,
    PostHireFollowUp,
    TaskAnalysis,
    WorkTask,
)
from employers.services import Required
from pathways.models import Beneficiary, Stay

MOST_MONTHS = 120
EMPLOYER = ["name", "siret", "sector", "contact_name", "contact_phone"]


class RecordEmployerSerializer(ModelInput):
    """Un employeur à connaître."""

    organisation = ScopedField(
        Organisation, within="covered_by", help_text="Structure en relation avec l’employeur."
    )
    contact_phone = phone_field()

    class Meta:
        model = Employer
        fields: ClassVar = ["organisation", *EMPLOYER]


class UpdateEmployerSerializer(ModelInput):
    """La fiche d’un employeur."""

    contact_phone = phone_field()

    class Meta:
        model = Employer
        fields: ClassVar = EMPLOYER


class OfferAccessSerializer(Input):
    """Une adresse à inviter chez un employeur."""

    employer = ScopedField(Employer)
    email = serializers.EmailField(max_length=254)


class AddEstablishmentSerializer(ModelInput):
    """Un lieu de travail."""

    employer = ScopedField(Employer)

    class Meta:
        model = Establishment
        fields: ClassVar = ["employer", "name", "commune", "insee_code"]


class OpenAnalysisSerializer(ModelInput):
    """Une journée passée à regarder le travail."""

    establishment = ScopedField(Establishment)

    class Meta:
        model = TaskAnalysis
        fields: ClassVar = ["establishment", "title", "observed_on"]


class RequiredSerializer(Input):
    """Une compétence qu’une tâche demande."""

    competence = CompetenceField()
    level = serializers.ChoiceField(choices=Level.choices, required=False)
    importance = ExactField(max_digits=3, decimal_places=1, min_value=Decimal("0.1"), required=False)


class TaskSerializer(ModelInput):
    """Comment est une tâche, et ce qu’elle demande."""

    season_hours = serializers.ListField(
        child=NumberField(min_value=0, max_value=48),
        required=False,
        min_length=4,
        max_length=4,
        help_text="Heures par semaine en hiver, au printemps, en été, en automne.",
    )
    dayparts = serializers.ListField(
        child=serializers.ChoiceField(choices=enums.Daypart.choices), required=False, max_length=4
    )
    demands = serializers.ListField(child=serializers.CharField(max_length=60), required=False, max_length=20)
    requirements: Any = serializers.ListSerializer(child=RequiredSerializer(), required=False, max_length=60)

    class Meta:
        model = WorkTask
        fields: ClassVar = [
            "name", "family", "weekly_hours", "season_hours", "dayparts", "is_hard", "is_devalued",
            "is_skill_building", "demands", "rome_code", "hourly_cost", "requirements",
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


class ProposeJobSerializer(ModelInput):
    """Des tâches à réunir en un poste."""

    organisation = ScopedField(Organisation, within="covered_by")
    tasks = ScopedField(WorkTask, many=True)

    class Meta:
        model = JobProposal
        fields: ClassVar = ["organisation", "title", "tasks"]


class ChangeProposalSerializer(ModelInput):
    """Un poste à renommer, recomposer ou clore."""

    tasks = ScopedField(WorkTask, many=True)

    class Meta:
        model = JobProposal
        fields: ClassVar = ["title", "tasks", "status"]


class AskConsentSerializer(Input):
    """À qui demander."""

    beneficiary = ScopedField(Beneficiary, within="accompanied_by")


class AnswerConsentSerializer(Input):
    """La réponse de la personne."""

    granted = serializers.BooleanField()


class RespondSerializer(Input):
    """Ce que souhaite l’employeur."""

    answer = serializers.ChoiceField(choices=[each for each in enums.EmployerAnswer.choices if each[0]])


class HireSerializer(ModelInput):
    """Une embauche ; la sortie et les suivis viennent avec."""

    stay = ScopedField(Stay)
    employer = ScopedField(Employer)
    proposal = ScopedField(JobProposal, required=False, allow_null=True)
    months = WholeField(min_value=1, max_value=MOST_MONTHS, required=False, allow_null=True)
    left_on = DayField(
        required=False,
        allow_null=True,
        help_text="Dernier jour dans la structure ; le jour de l’embauche sinon.",
    )

    class Meta:
        model = Placement
        fields: ClassVar = [
            "stay", "employer", "proposal", "kind", "started_on", "months", "trial_ends_on", "left_on",
        ]  # fmt: skip


class RecordFollowUpContactSerializer(ModelInput):
    """Ce qu’un contact a trouvé ; « injoignable » est une réponse."""

    situation = serializers.ChoiceField(choices=enums.Situation.choices)
    on = DayField()

    class Meta:
        model = PostHireFollowUp
        fields: ClassVar = ["situation", "on", "note"]
