"""Competences seen at work, each with its proof."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils import timezone
from django_filters import OrderingFilter
from django_filters import rest_framework as django_filters
from rest_framework import serializers

from backend.core import steps
from backend.core.api.endpoints import creates, verb
from backend.core.api.filters import DayFilter, Filters, IdFilter, TextFilter, YesNoFilter
from backend.core.api.serializers import DayField, ModelInput, Output, ScopedField
from backend.core.api.views import DomainViewSet, Lists, Shows
from backend.files.api.files import StoredFileSerializer
from backend.files.api.sent import SendFileSerializer, sent_file
from backend.files.models import StoredFile
from competences import enums, services
from competences.api.fields import CompetenceField
from competences.enums import Level, ProofStatus
from competences.models import Assessment
from competences.permissions import may_assess_something, may_comment, may_observe
from pathways.models import Beneficiary


class AssessmentFilter(Filters):
    """Proofs by person, competence, status, day; `is_latest` keeps what the person holds today."""

    beneficiary = IdFilter(field_name="beneficiary_id")
    competence = TextFilter(field_name="competence__code")
    status = django_filters.ChoiceFilter(choices=enums.ProofStatus.choices)
    assessed_from = DayFilter(field_name="assessed_on", lookup_expr="gte")
    assessed_to = DayFilter(field_name="assessed_on", lookup_expr="lte")
    is_latest = YesNoFilter(
        method="filter_latest", label="La dernière lecture de chaque compétence seulement."
    )
    ordering = OrderingFilter(fields=["assessed_on", "id"])

    def filter_latest(self, rows: Any, name: str, value: bool) -> Any:
        """One row per person and competence, or the whole history."""
        return rows.latest_per_competence() if value else rows


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


class CommentSerializer(ModelInput):
    """Ce que la personne pense de ce qui a été vu ; vide, sa réponse est retirée."""

    class Meta:
        model = Assessment
        fields: ClassVar = ["comment"]
        extra_kwargs: ClassVar = {"comment": {"required": True, "max_length": 1000}}


class AssessmentSerializer(Output):
    """Un niveau constaté, avec sa preuve."""

    competence = serializers.CharField(source="competence.code")
    competence_label = serializers.CharField(source="competence.label")

    class Meta:
        model = Assessment
        fields: ClassVar = [
            "id", "beneficiary", "competence", "competence_label", "level", "status", "observer",
            "observer_name", "organisation", "context", "comment", "assessed_on", "created_at",
        ]  # fmt: skip


class AssessmentViewSet(Lists, Shows, DomainViewSet):
    """Compétences constatées, avec leur preuve ; l’historique est conservé."""

    model = Assessment
    joins: ClassVar = ("competence",)
    serializer_class = AssessmentSerializer
    filterset_class = AssessmentFilter

    @creates(AssessSerializer, may=may_assess_something)
    def create(self, data: dict[str, Any]) -> Assessment:
        """Enregistrer un niveau avec sa preuve ; le même jour, on corrige sa propre lecture."""
        return services.assess(actor=self.actor, **data)

    @verb(status=204, may=may_assess_something)
    def undo(self, assessment: Assessment, data: dict[str, Any]) -> None:
        """Annuler sa propre lecture le jour où elle a été enregistrée."""
        services.undo_assessment(actor=self.actor, assessment=assessment)

    @verb(CommentSerializer, is_matched=True, may=may_comment)
    def comment(self, assessment: Assessment, data: dict[str, Any]) -> Assessment:
        """Répondre à ce qui a été vu : l’observation reste, la réponse aussi."""
        return services.comment_assessment(
            actor=self.actor, assessment=assessment, seen=steps.seen(assessment), comment=data["comment"]
        )

    @verb(SendFileSerializer, gives=StoredFileSerializer, status=201, may=may_observe)
    def attach(self, assessment: Assessment, data: dict[str, Any]) -> StoredFile:
        """Joindre une photo ou un document à ce qui a été vu."""
        return services.prove_assessment(actor=self.actor, assessment=assessment, file=sent_file(data))
