"""Exit figures, exact for one’s own structures, masked for the network."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api.errors import REFUSED
from backend.core.api.filters import whole_parameter
from backend.core.api.serializers import DayField
from backend.core.api.views import ApiViewSet
from backend.core.errors import ensure
from reports.exits.compute.period import Period
from reports.exits.compute.summary import promised
from reports.exits.figures import exit_statistics, structures_named
from reports.exits.published import network_figures
from reports.permissions import reads_exact_figures

PERIOD = [
    OpenApiParameter("start", OpenApiTypes.DATE, description="Premier jour ; le 1er janvier par défaut."),
    OpenApiParameter("end", OpenApiTypes.DATE, description="Dernier jour ; le 31 décembre par défaut."),
    OpenApiParameter("structure", OpenApiTypes.STR, many=True, description="Une ou plusieurs structures."),
]


class RateField(serializers.FloatField):
    """Un taux entre 0 et 1, à quatre décimales."""

    def to_representation(self, value: Any) -> Any:
        """As promised, once."""
        return promised(float(value))


class RatesSerializer(serializers.Serializer[Any]):
    """Des taux entre 0 et 1, sur les sorties examinées ; nuls quand il n’y en a pas, ou non publiés."""

    dynamic = RateField(allow_null=True)
    durable = RateField(allow_null=True)
    transition = RateField(allow_null=True)
    positive = RateField(allow_null=True)
    no_news = RateField(allow_null=True)


class FiguresSerializer(serializers.Serializer[Any]):
    """Les sorties d’une période : toutes = examinées + retirées + sous le seuil."""

    all_exits = serializers.IntegerField()
    withdrawn = serializers.IntegerField()
    below_threshold = serializers.IntegerField()
    examined = serializers.IntegerField()
    durable = serializers.IntegerField()
    transition = serializers.IntegerField()
    positive = serializers.IntegerField()
    other = serializers.IntegerField()
    no_news = serializers.IntegerField()
    rates = RatesSerializer()


class PeriodSerializer(serializers.Serializer[Any]):
    """Une période, premier et dernier jour compris."""

    start = serializers.DateField()
    end = serializers.DateField()


class ExitStatisticsSerializer(serializers.Serializer[Any]):
    """Les statistiques de sortie, avec les règles qui les ont comptées."""

    period = PeriodSerializer()
    rules = serializers.DictField()
    total = FiguresSerializer()
    by_type = serializers.DictField(child=FiguresSerializer())
    by_structure = serializers.DictField(child=FiguresSerializer())
    missing_motive = serializers.JSONField()
    left_out = serializers.DictField(child=serializers.IntegerField())


class NetworkLineSerializer(serializers.Serializer[Any]):
    """Un type de structure tel que le réseau peut le lire ; nul veut dire non publié."""

    kind = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    counts = serializers.DictField(child=serializers.IntegerField(allow_null=True))
    rates = RatesSerializer()


class _PeriodSerializer(serializers.Serializer[Any]):
    start = DayField(required=False)
    end = DayField(required=False)


class ExitStatisticsViewSet(ApiViewSet):
    """Statistiques de sortie : définitions, seuils et dénominateurs sont donnés avec les chiffres."""

    serializer_class = ExitStatisticsSerializer
    pagination_class = None
    refuses_roles = True

    def known_parameters(self) -> set[str]:
        """A period and structures, or a year for the network."""
        return {"year"} if self.action == "network" else {"start", "end", "structure"}

    @extend_schema(parameters=PERIOD, responses=ExitStatisticsSerializer)
    def list(self, request: Request) -> Response:
        """Les chiffres exacts des structures dont vous répondez, sur une période."""
        ensure(reads_exact_figures(self.actor), "not_yours", REFUSED)
        names = request.query_params.getlist("structure")[:500]
        ids = structures_named(self.actor, names) if names else None
        return Response(exit_statistics(self.actor, self._period(), organisation_ids=ids))

    @extend_schema(
        parameters=[OpenApiParameter("year", OpenApiTypes.INT, description="Une année terminée.")],
        responses=NetworkLineSerializer(many=True),
    )
    @action(detail=False, methods=["get"])
    def network(self, request: Request) -> Response:
        """Les chiffres publiés d’une année terminée, par type de structure, petits effectifs masqués."""
        today = timezone.localdate()
        year = whole_parameter(request, "year", default=today.year - 1, most=2100)
        lines = network_figures(self.actor, year)
        return Response(NetworkLineSerializer(lines, many=True).data)

    def _period(self) -> Period:
        asked = _PeriodSerializer(data=self.request.query_params.dict())
        asked.is_valid(raise_exception=True)
        year = timezone.localdate().year
        first, last = date(year, 1, 1), date(year, 12, 31)
        return Period(asked.validated_data.get("start", first), asked.validated_data.get("end", last))
