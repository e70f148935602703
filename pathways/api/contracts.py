"""Contracts of a stay, and their renewals."""

from __future__ import annotations

from typing import Any, ClassVar

from django_filters import OrderingFilter
from django_filters import rest_framework as django_filters
from rest_framework import serializers

from backend.core import steps
from backend.core.api.endpoints import creates, updates, verb
from backend.core.api.filters import DayFilter, Filters, IdFilter
from backend.core.api.serializers import DayField, Input, ModelInput, Output, ScopedField
from backend.core.api.views import DomainViewSet, Lists, Shows
from pathways import enums, services
from pathways.api.shared import CancelSerializer
from pathways.models import Contract, Stay
from pathways.permissions import may_manage_people


class ContractFilter(Filters):
    """Contracts by stay, person, kind, dates."""

    beneficiary = IdFilter(field_name="stay__beneficiary_id")
    stay = IdFilter(field_name="stay_id")
    kind = django_filters.ChoiceFilter(choices=enums.ContractKind.choices)
    running_on = DayFilter(method="filter_running", label="En cours ce jour-là.")
    planned_end_from = DayFilter(field_name="planned_end_on", lookup_expr="gte")
    planned_end_to = DayFilter(field_name="planned_end_on", lookup_expr="lte")
    ordering = OrderingFilter(fields=["started_on", "planned_end_on", "id"])

    def filter_running(self, rows: Any, name: str, value: Any) -> Any:
        """Contracts under way that day."""
        return rows.running_on(value)


class RecordContractSerializer(ModelInput):
    """Un contrat, ou le renouvellement de `initial`."""

    stay = ScopedField(Stay)
    initial = ScopedField(Contract, required=False, allow_null=True, help_text="Contrat renouvelé.")

    class Meta:
        model = Contract
        fields: ClassVar = [
            "stay", "kind", "started_on", "planned_end_on", "weekly_hours", "guaranteed_hours", "rome_code", "initial",
        ]  # fmt: skip


class CorrectContractSerializer(ModelInput):
    """Ce qui est corrigé d’un contrat ; le reste ne change pas."""

    class Meta:
        model = Contract
        fields: ClassVar = [
            "kind", "started_on", "planned_end_on", "ended_on", "end_motive", "weekly_hours", "guaranteed_hours", "rome_code",
        ]  # fmt: skip


class EndContractSerializer(Input):
    """Le dernier jour réel, et pourquoi quand il vient avant le terme."""

    on = DayField()
    motive = serializers.ChoiceField(choices=enums.ContractEnd.choices, required=False, allow_blank=True)


class ContractSerializer(Output):
    """Un contrat ; `initial` est le premier de sa chaîne."""

    beneficiary = serializers.IntegerField(source="stay.beneficiary_id")

    class Meta:
        model = Contract
        fields: ClassVar = [
            "id", "stay", "beneficiary", "kind", "started_on", "planned_end_on", "ended_on", "end_motive",
            "weekly_hours", "guaranteed_hours", "rome_code", "initial",
        ]  # fmt: skip


class ContractViewSet(Lists, Shows, DomainViewSet):
    """Contrats des passages, et leurs renouvellements."""

    model = Contract
    joins: ClassVar = ("stay",)
    serializer_class = ContractSerializer
    filterset_class = ContractFilter

    @creates(RecordContractSerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> Contract:
        """Enregistrer un contrat ou un renouvellement, dans les limites de la loi."""
        return services.record_contract(actor=self.actor, **data)

    @updates(CorrectContractSerializer, may=may_manage_people)
    def partial_update(self, contract: Contract, data: dict[str, Any]) -> Contract:
        """Corriger un contrat ; ce qu’il disait avant reste au journal."""
        return services.correct_contract(
            actor=self.actor, contract=contract, seen=steps.seen(contract), **data
        )

    @verb(CancelSerializer, status=204, is_matched=True, may=may_manage_people)
    def cancel(self, contract: Contract, data: dict[str, Any]) -> None:
        """Annuler un contrat saisi par erreur, avec ses heures ; ses renouvellements s’annulent d’abord."""
        services.cancel_contract(actor=self.actor, contract=contract, seen=steps.seen(contract), **data)

    @verb(EndContractSerializer, may=may_manage_people)
    def end(self, contract: Contract, data: dict[str, Any]) -> Contract:
        """Écrire le dernier jour réel ; le passage continue."""
        return services.end_contract(actor=self.actor, contract=contract, **data)
