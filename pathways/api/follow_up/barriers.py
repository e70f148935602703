"""Readings of freins; they are written with the follow-up they come from."""

from __future__ import annotations

from typing import ClassVar

from django_filters import rest_framework as django_filters

from backend.core.api.filters import DayFilter, by_code
from backend.core.api.serializers import Output
from backend.core.api.views import DomainViewSet, Lists, Shows
from pathways import enums
from pathways.api.shared import OfPersonFilter
from pathways.models import BarrierReading


class BarrierFilter(OfPersonFilter):
    """Readings of freins by person, theme, day."""

    theme = django_filters.ChoiceFilter(choices=enums.BarrierTheme.choices, method=by_code)
    read_from = DayFilter(field_name="read_on", lookup_expr="gte")
    read_to = DayFilter(field_name="read_on", lookup_expr="lte")


class BarrierReadingSerializer(Output):
    """Le poids d’un frein un jour donné, de 0 (levé) à 3 (fort)."""

    class Meta:
        model = BarrierReading
        fields: ClassVar = ["id", "beneficiary", "organisation", "interview", "theme", "impact", "read_on"]


class BarrierReadingViewSet(Lists, Shows, DomainViewSet):
    """Lectures des freins au fil du temps ; elles s’écrivent en notant un suivi."""

    model = BarrierReading
    serializer_class = BarrierReadingSerializer
    filterset_class = BarrierFilter
