"""Avenants that change the hours of a contract."""

from __future__ import annotations

from typing import Any, ClassVar

from backend.core import steps
from backend.core.api.endpoints import creates, verb
from backend.core.api.filters import DayFilter, Filters, IdFilter
from backend.core.api.serializers import ModelInput, Output, ScopedField
from backend.core.api.views import DomainViewSet, Lists, Shows
from pathways import services
from pathways.api.shared import CancelSerializer
from pathways.models import Contract, HoursAmendment
from pathways.permissions import may_manage_people


class AmendmentFilter(Filters):
    """Avenants by contract, person, first day."""

    beneficiary = IdFilter(field_name="contract__stay__beneficiary_id")
    contract = IdFilter(field_name="contract_id")
    starts_from = DayFilter(field_name="starts_on", lookup_expr="gte")
    starts_to = DayFilter(field_name="starts_on", lookup_expr="lte")


class RecordAmendmentSerializer(ModelInput):
    """Les heures par semaine à partir d’un jour ; le même jour à nouveau les remplace."""

    contract = ScopedField(Contract)

    class Meta:
        model = HoursAmendment
        fields: ClassVar = ["contract", "starts_on", "weekly_hours"]


class HoursAmendmentSerializer(Output):
    """Un avenant : les heures par semaine d’un contrat, à partir d’un jour."""

    class Meta:
        model = HoursAmendment
        fields: ClassVar = ["id", "contract", "starts_on", "weekly_hours"]


class HoursAmendmentViewSet(Lists, Shows, DomainViewSet):
    """Avenants d’heures des contrats."""

    model = HoursAmendment
    serializer_class = HoursAmendmentSerializer
    filterset_class = AmendmentFilter

    @creates(RecordAmendmentSerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> HoursAmendment:
        """Écrire un avenant ; le même jour à nouveau remplace ses heures."""
        return services.record_amendment(actor=self.actor, **data)

    @verb(CancelSerializer, status=204, is_matched=True, may=may_manage_people)
    def cancel(self, amendment: HoursAmendment, data: dict[str, Any]) -> None:
        """Annuler un avenant saisi par erreur ; les heures d’avant reprennent."""
        services.cancel_amendment(actor=self.actor, amendment=amendment, seen=steps.seen(amendment), **data)
