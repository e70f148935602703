"""PASS IAE received for a person."""

from __future__ import annotations

from typing import Any, ClassVar

from django_filters import OrderingFilter

from backend.core import steps
from backend.core.api.endpoints import creates, updates, verb
from backend.core.api.filters import DayFilter
from backend.core.api.serializers import DayField, ModelInput, Output, ScopedField
from backend.core.api.views import DomainViewSet, Lists, Shows
from pathways import services
from pathways.api.shared import CancelSerializer, OfPersonFilter
from pathways.models import Beneficiary, IaePass
from pathways.permissions import may_manage_people


class PassFilter(OfPersonFilter):
    """PASS by person and end."""

    ends_from = DayFilter(field_name="ends_on", lookup_expr="gte")
    ends_to = DayFilter(field_name="ends_on", lookup_expr="lte")
    ordering = OrderingFilter(fields=["starts_on", "ends_on", "id"])


class RecordPassSerializer(ModelInput):
    """Un PASS reçu ; sans fin, elle est calculée comme sur la plateforme."""

    beneficiary = ScopedField(Beneficiary, within="accompanied_by")
    ends_on = DayField(required=False, allow_null=True)

    class Meta:
        model = IaePass
        fields: ClassVar = ["beneficiary", "number", "starts_on", "ends_on"]


class CorrectPassSerializer(ModelInput):
    """Le numéro ou les dates d’un PASS, corrigés."""

    class Meta:
        model = IaePass
        fields: ClassVar = ["number", "starts_on", "ends_on"]


class PassSerializer(Output):
    """Un PASS IAE."""

    class Meta:
        model = IaePass
        fields: ClassVar = ["id", "beneficiary", "number", "starts_on", "ends_on"]


class PassViewSet(Lists, Shows, DomainViewSet):
    """PASS IAE."""

    model = IaePass
    serializer_class = PassSerializer
    filterset_class = PassFilter

    @creates(RecordPassSerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> IaePass:
        """Enregistrer un PASS reçu ; le même numéro à nouveau met ses dates à jour."""
        return services.record_pass(actor=self.actor, **data)

    @updates(CorrectPassSerializer, may=may_manage_people)
    def partial_update(self, iae: IaePass, data: dict[str, Any]) -> IaePass:
        """Corriger le numéro ou les dates ; ceux d’avant restent au journal."""
        known = {name: getattr(iae, name) for name in CorrectPassSerializer.Meta.fields}
        return services.correct_pass(actor=self.actor, iae=iae, seen=steps.seen(iae), **{**known, **data})

    @verb(CancelSerializer, status=204, is_matched=True, may=may_manage_people)
    def cancel(self, iae: IaePass, data: dict[str, Any]) -> None:
        """Annuler un PASS saisi par erreur."""
        services.cancel_pass(actor=self.actor, iae=iae, seen=steps.seen(iae), **data)
