"""Hours worked under a contract, month by month."""

from __future__ import annotations

from typing import Any, ClassVar

from django_filters import rest_framework as django_filters

from backend.core import steps
from backend.core.api.endpoints import creates, verb
from backend.core.api.filters import DayFilter, Filters, IdFilter
from backend.core.api.serializers import ModelInput, Output, ScopedField
from backend.core.api.views import DomainViewSet, Lists, Shows
from pathways import enums, services
from pathways.api.shared import CancelSerializer
from pathways.models import Contract, MonthlyHours
from pathways.permissions import may_manage_people


class HoursFilter(Filters):
    """Hours by contract, person, month."""

    beneficiary = IdFilter(field_name="contract__stay__beneficiary_id")
    contract = IdFilter(field_name="contract_id")
    month_from = DayFilter(field_name="month", lookup_expr="gte")
    month_to = DayFilter(field_name="month", lookup_expr="lte")
    client_kind = django_filters.ChoiceFilter(choices=enums.ClientKind.choices)


class RecordHoursSerializer(ModelInput):
    """Les heures d’un mois ; le même mois à nouveau remplace le chiffre."""

    contract = ScopedField(Contract)

    class Meta:
        model = MonthlyHours
        fields: ClassVar = ["contract", "month", "hours", "client_kind"]


class MonthlyHoursSerializer(Output):
    """Les heures d’un mois pour un type de client."""

    class Meta:
        model = MonthlyHours
        fields: ClassVar = ["id", "contract", "month", "hours", "client_kind"]


class MonthlyHoursViewSet(Lists, Shows, DomainViewSet):
    """Heures travaillées, mois par mois."""

    model = MonthlyHours
    serializer_class = MonthlyHoursSerializer
    filterset_class = HoursFilter

    @creates(RecordHoursSerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> MonthlyHours:
        """Écrire les heures d’un mois ; le même mois à nouveau remplace le chiffre."""
        return services.record_hours(actor=self.actor, **data)

    @verb(CancelSerializer, status=204, is_matched=True, may=may_manage_people)
    def cancel(self, line: MonthlyHours, data: dict[str, Any]) -> None:
        """Annuler les heures d’un mois saisies par erreur."""
        services.cancel_hours(actor=self.actor, line=line, seen=steps.seen(line), **data)
