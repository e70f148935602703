"""Days without contract between two steps, for whoever answers for the structures."""

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
from reports.gaps.figures import gap_report
from reports.permissions import reads_exact_figures


class GapSumsSerializer(serializers.Serializer[Any]):
    """Des passages mis ensemble ; `mean` : jours par passage, nul sans passage."""

    passages = serializers.IntegerField()
    with_days = serializers.IntegerField()
    days = serializers.IntegerField()
    to_come = serializers.IntegerField()
    hours = serializers.DecimalField(max_digits=12, decimal_places=2)
    mean = serializers.DecimalField(max_digits=9, decimal_places=1, allow_null=True)


class GapPairSerializer(serializers.Serializer[Any]):
    """D’une structure à ce qui a suivi."""

    left = serializers.CharField()
    to = serializers.CharField()
    sums = GapSumsSerializer()


class GapCauseSerializer(serializers.Serializer[Any]):
    """Ce qui est enregistré de la raison."""

    cause = serializers.CharField()
    sums = GapSumsSerializer()


class GapMonthSerializer(serializers.Serializer[Any]):
    """Les jours sans contrat vécus dans un mois."""

    month = serializers.DateField()
    days = serializers.IntegerField()
    people = serializers.IntegerField()


class GapYearSerializer(serializers.Serializer[Any]):
    """Une année, à côté de son objectif."""

    year = serializers.IntegerField()
    objective = serializers.IntegerField()
    sums = GapSumsSerializer()


class GapReportSerializer(serializers.Serializer[Any]):
    """La carence d’une année : paires, causes, mois, et les années d’avant ; `inside` et `outside` comptent les suites."""

    year = serializers.IntegerField()
    objective = serializers.IntegerField()
    sums = GapSumsSerializer()
    pairs = GapPairSerializer(many=True)
    causes = GapCauseSerializer(many=True)
    months = GapMonthSerializer(many=True)
    years = GapYearSerializer(many=True)
    inside = serializers.IntegerField(source="circuit.inside")
    outside = serializers.IntegerField(source="circuit.outside")


class GapStatisticsViewSet(ApiViewSet):
    """Carence : les jours sans contrat entre une étape et la suivante."""

    serializer_class = GapReportSerializer
    pagination_class = None
    refuses_roles = True

    def known_parameters(self) -> set[str]:
        """A civil year."""
        return {"year"}

    @extend_schema(
        parameters=[
            OpenApiParameter("year", OpenApiTypes.INT, description="Une année civile ; celle-ci par défaut.")
        ],
        responses=GapReportSerializer(many=True),
    )
    def list(self, request: Request) -> Response:
        """La carence des structures dont vous répondez : une seule ligne, celle de l’année."""
        ensure(reads_exact_figures(self.actor), "not_yours", REFUSED)
        today = timezone.localdate()
        year = whole_parameter(request, "year", default=today.year, most=2100)
        return Response(GapReportSerializer([gap_report(self.actor, year, today=today)], many=True).data)
