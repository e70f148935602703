"""Task analyses: a day spent looking at the work."""

from __future__ import annotations

from typing import Any, ClassVar

from django_filters import OrderingFilter
from django_filters import rest_framework as django_filters
from rest_framework import serializers

from backend.core.api.endpoints import creates, updates, verb
from backend.core.api.filters import Filters, IdFilter
from backend.core.api.serializers import ModelInput, Output, ScopedField
from backend.core.api.views import DomainViewSet, Lists, Shows
from employers import enums, services
from employers.models import Establishment, TaskAnalysis
from employers.permissions import may_work_with_employers
from pathways.api.shared import CancelSerializer


class AnalysisFilter(Filters):
    """Task analyses by workplace, employer, state."""

    establishment = IdFilter(field_name="establishment_id")
    employer = IdFilter(field_name="establishment__employer_id")
    status = django_filters.ChoiceFilter(choices=enums.AnalysisStatus.choices)
    ordering = OrderingFilter(fields=["observed_on", "id"])


class OpenAnalysisSerializer(ModelInput):
    """Une journée passée à regarder le travail."""

    establishment = ScopedField(Establishment)

    class Meta:
        model = TaskAnalysis
        fields: ClassVar = ["establishment", "title", "observed_on"]


class CorrectAnalysisSerializer(ModelInput):
    """Ce qui est corrigé d’une analyse ; ses tâches se corrigent une par une."""

    class Meta:
        model = TaskAnalysis
        fields: ClassVar = ["title", "observed_on"]


class AnalysisSerializer(Output):
    """Une journée passée à regarder le travail."""

    employer = serializers.IntegerField(source="establishment.employer_id")

    class Meta:
        model = TaskAnalysis
        fields: ClassVar = [
            "id", "establishment", "employer", "organisation", "title", "observed_on", "status", "version",
        ]  # fmt: skip


class TaskAnalysisViewSet(Lists, Shows, DomainViewSet):
    """Analyses de tâches : une journée passée à regarder le travail."""

    model = TaskAnalysis
    joins: ClassVar = ("establishment",)
    serializer_class = AnalysisSerializer
    filterset_class = AnalysisFilter

    @creates(OpenAnalysisSerializer, may=may_work_with_employers)
    def create(self, data: dict[str, Any]) -> TaskAnalysis:
        """Ouvrir l’analyse d’un lieu de travail."""
        return services.open_analysis(actor=self.actor, **data)

    @updates(CorrectAnalysisSerializer, may=may_work_with_employers)
    def partial_update(self, analysis: TaskAnalysis, data: dict[str, Any]) -> TaskAnalysis:
        """Corriger l’intitulé ou le jour d’une analyse ; ce qu’elle disait avant reste au journal."""
        known: dict[str, Any] = {"title": analysis.title, "observed_on": analysis.observed_on}
        return services.correct_analysis(
            actor=self.actor, analysis=analysis, version=analysis.version, **known | data
        )

    @verb(CancelSerializer, status=204, is_matched=True, may=may_work_with_employers)
    def cancel(self, analysis: TaskAnalysis, data: dict[str, Any]) -> None:
        """Annuler une analyse saisie par erreur, avec ses tâches, tant qu’aucun poste n’en est composé."""
        services.cancel_analysis(actor=self.actor, analysis=analysis, version=analysis.version, **data)

    @verb(url_path="return", may=may_work_with_employers)
    def give_back(self, analysis: TaskAnalysis, data: dict[str, Any]) -> TaskAnalysis:
        """Restituer l’analyse à l’employeur."""
        return services.return_analysis(actor=self.actor, analysis=analysis)
