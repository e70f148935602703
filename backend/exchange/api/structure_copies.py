"""The data of a structure taken away by a tool, prepared apart and kept a few days."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from backend.core.api.endpoints import creates
from backend.core.api.serializers import Input, ScopedField
from backend.core.api.views import UUID, DomainViewSet, Lists, Shows
from backend.exchange import services
from backend.exchange.leaving.files import CONTENT_TYPES, named
from backend.exchange.models import CopyFormat, StructureCopy
from backend.files.api.sealed import HOW_IT_ENDED, LEFT_OUT_OF_A_SEALED_JOB, SealedJobSerializer
from backend.organisations.models import Organisation
from backend.organisations.permissions import may_bring_data_in


class AskStructureCopySerializer(Input):
    """De quelle structure, et dans quel fichier."""

    organisation = ScopedField(Organisation, within="covered_by")
    format = serializers.ChoiceField(choices=CopyFormat.choices, required=False, default=CopyFormat.ZIP)


class StructureCopySerializer(SealedJobSerializer):
    """Les données d’une structure à emporter : où en est le fichier, ce qu’il contient, jusqu’à quand il se prend."""

    counts = serializers.DictField(child=serializers.IntegerField())

    class Meta:
        model = StructureCopy
        fields: ClassVar = [
            "id", "organisation", "format", "status", "rows_done", "rows_total", "counts",
            *HOW_IT_ENDED,
        ]  # fmt: skip
        left_out: ClassVar = LEFT_OUT_OF_A_SEALED_JOB


class StructureCopyViewSet(Lists, Shows, DomainViewSet):
    """Données d’une structure à emporter, préparées en arrière-plan et gardées quelques jours ; les siennes seulement."""

    model = StructureCopy
    is_export = True
    serializer_class = StructureCopySerializer
    lookup_value_regex = UUID

    @creates(AskStructureCopySerializer, may=may_bring_data_in)
    def create(self, data: dict[str, Any]) -> StructureCopy:
        """Demander les données d’une structure ; le même fichier, tant qu’il se prépare, est rendu."""
        return services.ask_structure_copy(actor=self.actor, **data)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def file(self, request: Request, pk: str) -> HttpResponse:
        """Le fichier, pour qui l’a demandé, tant qu’il est gardé ; le prendre laisse une ligne au journal."""
        job = self.get_object()
        content = services.take_structure_copy(actor=self.actor, job=job)
        if content is None:
            raise Http404
        answer = HttpResponse(content, content_type=CONTENT_TYPES[job.format])
        answer["Content-Disposition"] = f'attachment; filename="{named(job)}"'
        return answer
