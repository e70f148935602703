"""Posts done (ETP) by structure and month, for whoever answers for the structures."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api.errors import REFUSED
from backend.core.api.filters import whole_parameter
from backend.core.api.views import ApiViewSet
from backend.core.errors import ensure
from reports.fte.figures import fte_report
from reports.permissions import reads_exact_figures


class MonthFteSerializer(serializers.Serializer[Any]):
    """Un mois : ses heures, les postes qu’elles font ; nul sans référence."""

    month = serializers.DateField()
    hours = serializers.DecimalField(max_digits=12, decimal_places=2)
    fte = serializers.DecimalField(max_digits=12, decimal_places=3, allow_null=True)


class StructureFteSerializer(serializers.Serializer[Any]):
    """Une structure sur une année civile ; `employees` : qui y a fait au moins une heure."""

    structure = serializers.IntegerField(source="organisation.pk")
    year = serializers.IntegerField()
    hours_per_fte = serializers.DecimalField(
        max_digits=9, decimal_places=2, allow_null=True, source="reference.hours", default=None
    )
    hours = serializers.DecimalField(max_digits=12, decimal_places=2)
    fte = serializers.DecimalField(max_digits=12, decimal_places=3, allow_null=True)
    agreed = serializers.DecimalField(max_digits=12, decimal_places=2, allow_null=True)
    employees = serializers.IntegerField()
    months = MonthFteSerializer(many=True)


class FteStatisticsViewSet(ApiViewSet):
    """ETP : heures du mois × 12 ÷ heures annuelles d’un temps plein."""

    serializer_class = StructureFteSerializer
    pagination_class = None
    refuses_roles = True

    def known_parameters(self) -> set[str]:
        """A civil year."""
        return {"year"}

    @extend_schema(
        parameters=[
            OpenApiParameter("year", OpenApiTypes.INT, description="Une année civile ; celle-ci par défaut.")
        ],
        responses=StructureFteSerializer(many=True),
    )
    def list(self, request: Request) -> Response:
        """Les ETP des structures dont vous répondez, mois par mois."""
        ensure(reads_exact_figures(self.actor), "not_yours", REFUSED)
        year = whole_parameter(request, "year", default=timezone.localdate().year, most=2100)
        return Response(StructureFteSerializer(fte_report(self.actor, year), many=True).data)
