"""VAE projects, stage by stage."""

from __future__ import annotations

from typing import Any, ClassVar

from django_filters import rest_framework as django_filters
from rest_framework import serializers

from backend.core.api.endpoints import creates, verb
from backend.core.api.filters import DayFilter, Filters, IdFilter
from backend.core.api.serializers import DayField, Input, ModelInput, Output, ScopedField
from backend.core.api.views import DomainViewSet, Lists, Shows
from competences import enums, services
from competences.enums import VaeStatus
from competences.models import VaeProject
from competences.permissions import may_plan_vae
from pathways.models import Beneficiary


class VaeFilter(Filters):
    """VAE by person and stage."""

    beneficiary = IdFilter(field_name="beneficiary_id")
    status = django_filters.ChoiceFilter(choices=enums.VaeStatus.choices)
    due_to = DayFilter(field_name="next_due_on", lookup_expr="lte")


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


class VaeSerializer(Output):
    """Une certification visée."""

    class Meta:
        model = VaeProject
        fields: ClassVar = [
            "id", "beneficiary", "organisation", "certification", "status", "reached_on", "next_due_on",
            "version",
        ]  # fmt: skip


class VaeProjectViewSet(Lists, Shows, DomainViewSet):
    """Projets de VAE."""

    model = VaeProject
    serializer_class = VaeSerializer
    filterset_class = VaeFilter

    @creates(PlanVaeSerializer, may=may_plan_vae)
    def create(self, data: dict[str, Any]) -> VaeProject:
        """Ouvrir un projet pour une certification."""
        return services.plan_vae(actor=self.actor, **data)

    @verb(MoveVaeSerializer, is_matched=True, may=may_plan_vae)
    def move(self, project: VaeProject, data: dict[str, Any]) -> VaeProject:
        """Enregistrer l’étape atteinte ; l’échéance légale suivante s’en déduit."""
        return services.move_vae(actor=self.actor, project=project, version=project.version, **data)
