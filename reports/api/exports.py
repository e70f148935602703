"""Files of exits, prepared in the background."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import FileResponse, Http404
from django_filters import rest_framework as django_filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from backend.core.api.endpoints import creates
from backend.core.api.filters import Filters
from backend.core.api.serializers import LEFT_OUT_OF_A_JOB, DayField, Input, Output, ScopedField
from backend.core.api.views import UUID, DomainViewSet, Lists, Shows
from backend.organisations.models import Organisation
from reports import services
from reports.models import ExportJob
from reports.models.export_job import ExportFormat, ExportStatus
from reports.permissions import may_export
from reports.services import is_available


class ExportFilter(Filters):
    """Exports by state."""

    status = django_filters.ChoiceFilter(choices=ExportStatus.choices)


class RequestExportSerializer(Input):
    """Les sorties d’une période, d’une structure ou de toutes les siennes."""

    start = DayField()
    end = DayField()
    organisation = ScopedField(Organisation, within="covered_by", required=False, allow_null=True)
    format = serializers.ChoiceField(choices=ExportFormat.choices)


class ExportSerializer(Output):
    """Un export préparé en arrière-plan, et où il en est."""

    parameters = serializers.DictField()
    is_available = serializers.SerializerMethodField()

    class Meta:
        model = ExportJob
        fields: ClassVar = [
            "id", "kind", "format", "parameters", "status", "rows_done", "rows_total", "message", "created_at",
            "finished_at", "is_available", "restarts",
        ]  # fmt: skip
        left_out: ClassVar = {
            "file_name": "a name on our disk; `download` gives the file",
            **LEFT_OUT_OF_A_JOB,
        }

    def get_is_available(self, job: ExportJob) -> bool:
        """Whether the file is there to be taken."""
        return is_available(job)


class ExportViewSet(Lists, Shows, DomainViewSet):
    """Exports des sorties, préparés en arrière-plan et gardés quelques jours ; les siens seulement."""

    model = ExportJob
    is_export = True
    serializer_class = ExportSerializer
    filterset_class = ExportFilter
    lookup_value_regex = UUID

    @creates(RequestExportSerializer, may=may_export)
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
