"""Exit figures and the files people take away: same rights as « Sorties »."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import FileResponse, Http404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from backend.core.api.endpoints import creates
from backend.core.api.errors import REFUSED
from backend.core.api.filters import whole_parameter
from backend.core.api.serializers import DayField
from backend.core.api.views import ApiViewSet, DomainViewSet, Lists, Shows
from backend.core.errors import ensure
from reports import services
from reports.api import filters, serializers
from reports.exits.compute.period import Period
from reports.exits.figures import exit_statistics, network_figures, structures_named
from reports.models import ExportJob
from reports.permissions import may_export, reads_exact_figures

PERIOD = [
    OpenApiParameter("start", OpenApiTypes.DATE, description="Premier jour ; le 1er janvier par défaut."),
    OpenApiParameter("end", OpenApiTypes.DATE, description="Dernier jour ; le 31 décembre par défaut."),
    OpenApiParameter("structure", OpenApiTypes.STR, many=True, description="Une ou plusieurs structures."),
]


class _PeriodSerializer(Serializer[Any]):
    start = DayField(required=False)
    end = DayField(required=False)


class ExitStatisticsViewSet(ApiViewSet):
    """Statistiques de sortie : définitions, seuils et dénominateurs sont donnés avec les chiffres."""

    serializer_class = serializers.ExitStatisticsSerializer
    pagination_class = None
    refuses_roles = True

    def known_parameters(self) -> set[str]:
        """A period and structures, or a year for the network."""
        return {"year"} if self.action == "network" else {"start", "end", "structure"}

    @extend_schema(parameters=PERIOD, responses=serializers.ExitStatisticsSerializer)
    def list(self, request: Request) -> Response:
        """Les chiffres exacts des structures dont vous répondez, sur une période."""
        ensure(reads_exact_figures(self.actor), "not_yours", REFUSED)
        names = request.query_params.getlist("structure")[:500]
        ids = structures_named(self.actor, names) if names else None
        return Response(exit_statistics(self.actor, self._period(), organisation_ids=ids))

    @extend_schema(
        parameters=[OpenApiParameter("year", OpenApiTypes.INT, description="Une année terminée.")],
        responses=serializers.NetworkLineSerializer(many=True),
    )
    @action(detail=False, methods=["get"])
    def network(self, request: Request) -> Response:
        """Les chiffres d’une année terminée, par type de structure, petits effectifs masqués."""
        today = timezone.localdate()
        year = whole_parameter(request, "year", default=today.year - 1, most=2100)
        lines = network_figures(self.actor, year, today=today)
        return Response(serializers.NetworkLineSerializer(lines, many=True).data)

    def _period(self) -> Period:
        asked = _PeriodSerializer(data=self.request.query_params.dict())
        asked.is_valid(raise_exception=True)
        year = timezone.localdate().year
        first, last = date(year, 1, 1), date(year, 12, 31)
        return Period(asked.validated_data.get("start", first), asked.validated_data.get("end", last))


class ExportViewSet(Lists, Shows, DomainViewSet):
    """Exports des sorties, préparés en arrière-plan et gardés sept jours ; les siens seulement."""

    model = ExportJob
    serializer_class = serializers.ExportSerializer
    filterset_class = filters.ExportFilter
    lookup_value_regex = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"

    @creates(serializers.RequestExportSerializer, may=may_export)
    def create(self, data: dict[str, Any]) -> ExportJob:
        """Demander un export ; le même, tant qu’il se prépare, est rendu."""
        place = data.get("organisation")
        wanted = {"start": str(data["start"]), "end": str(data["end"]), "organisation": place and place.pk}
        return services.request_export(
            actor=self.actor, kind="exits", format=data["format"], parameters=wanted
        )

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def file(self, request: Request, pk: str) -> FileResponse:
        """Le fichier, pour qui l’a demandé, tant qu’il est gardé ; le prendre laisse une ligne au journal."""
        job = self.get_object()
        path = services.download_export(actor=self.actor, job=job)
        if path is None:
            raise Http404
        name = f"sorties-{job.parameters['start']}-{job.parameters['end']}.{job.format}"
        return FileResponse(path.open("rb"), as_attachment=True, filename=name)
