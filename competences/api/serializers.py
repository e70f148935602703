"""Trades, competences and proofs, as tools read and write them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils import timezone
from rest_framework import serializers

from backend.core.api.serializers import (
    UNKNOWN_ID,
    DayField,
    Input,
    ModelInput,
    Output,
    ScopedField,
)
from competences.enums import Level, ProofStatus, VaeStatus
from competences.models import Assessment, Competence, Licence, Occupation, OccupationCompetence, VaeProject
from pathways.models import Beneficiary


class CompetenceField(serializers.SlugRelatedField[Competence]):
    """A competence by its official code; the referential is public knowledge."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "does_not_exist": UNKNOWN_ID,
        "invalid": "Un code de compétence est un texte court.",
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Code de la compétence dans le référentiel.")
        super().__init__(slug_field="code", queryset=Competence.objects.all(), **kwargs)

    def to_internal_value(self, data: Any) -> Competence:
        """The competence of this code; a database never sees what cannot be one."""
        if not isinstance(data, str) or not data.isprintable():
            self.fail("invalid")
        return super().to_internal_value(data)


class OccupationSerializer(Output):
    """Un métier."""

    class Meta:
        model = Occupation
        fields: ClassVar = [
            "id", "rome_code", "label", "parent_code", "domain_code", "domain_label", "definition",
            "is_retired",
        ]  # fmt: skip


class CompetenceSerializer(Output):
    """Une compétence du référentiel."""

    class Meta:
        model = Competence
        fields: ClassVar = ["id", "code", "label", "nature", "macro_code", "is_macro", "is_retired"]


class CitedCompetenceSerializer(Output):
    """Une compétence citée par un métier, et combien elle le caractérise."""

    code = serializers.CharField(source="competence.code")
    label = serializers.CharField(source="competence.label")  # type: ignore[assignment]
    nature = serializers.CharField(source="competence.nature")

    class Meta:
        model = OccupationCompetence
        fields: ClassVar = ["code", "label", "nature", "prominence"]


class AssessmentSerializer(Output):
    """Un niveau constaté, avec sa preuve."""

    competence = serializers.CharField(source="competence.code")
    competence_label = serializers.CharField(source="competence.label")

    class Meta:
        model = Assessment
        fields: ClassVar = [
            "id", "beneficiary", "competence", "competence_label", "level", "status", "observer",
            "observer_name", "organisation", "context", "assessed_on", "created_at",
        ]  # fmt: skip


class AssessSerializer(ModelInput):
    """Ce que quelqu’un a été vu faire."""

    beneficiary = ScopedField(Beneficiary, within="accompanied_by")
    competence = CompetenceField()
    level = serializers.ChoiceField(choices=Level.choices)
    status = serializers.ChoiceField(choices=ProofStatus.choices, required=False)
    assessed_on = DayField(required=False, help_text="Aujourd’hui par défaut.")

    class Meta:
        model = Assessment
        fields: ClassVar = ["beneficiary", "competence", "level", "status", "context", "assessed_on"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Today, when no day is said."""
        return {"assessed_on": timezone.localdate(), **attrs}


class VaeSerializer(Output):
    """Une certification visée."""

    class Meta:
        model = VaeProject
        fields: ClassVar = [
            "id", "beneficiary", "organisation", "certification", "status", "reached_on", "next_due_on",
            "version",
        ]  # fmt: skip


class PlanVaeSerializer(ModelInput):
    """Une certification à viser."""

    beneficiary = ScopedField(Beneficiary, within="accompanied_by")
    on = DayField()

    class Meta:
        model = VaeProject
        fields: ClassVar = ["beneficiary", "certification", "on"]


class MoveVaeSerializer(Input):
    """L’étape atteinte."""

    status = serializers.ChoiceField(choices=VaeStatus.choices)
    on = DayField()


class LicenceSerializer(Output):
    """Une habilitation, avec le jour où elle expire."""

    class Meta:
        model = Licence
        fields: ClassVar = ["id", "beneficiary", "label", "obtained_on", "expires_on"]
