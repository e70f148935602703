"""Copies of what is kept about a person, prepared apart and kept seven days."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from backend.core.api.endpoints import creates
from backend.core.api.serializers import Input, ScopedField
from backend.core.api.views import UUID, DomainViewSet, Lists, Shows
from backend.files.api.sealed import HOW_IT_ENDED, LEFT_OUT_OF_A_SEALED_JOB, SealedJobSerializer
from pathways.api.shared import OfPersonFilter
from pathways.models import AccessCopy, Beneficiary
from pathways.permissions import reads_data_kept
from pathways.services.privacy import copies


class AskCopySerializer(Input):
    """De qui."""

    beneficiary = ScopedField(Beneficiary, within="accompanied_by")


class AccessCopySerializer(SealedJobSerializer):
    """Une copie des données d’une personne : où elle en est, jusqu’à quand elle se prend."""

    class Meta:
        model = AccessCopy
        fields: ClassVar = ["id", "beneficiary", "status", *HOW_IT_ENDED]
        left_out: ClassVar = {
            **LEFT_OUT_OF_A_SEALED_JOB,
            "rows_done": "a copy is one piece",
            "rows_total": "the same",
        }


class AccessCopyViewSet(Lists, Shows, DomainViewSet):
    """Copies des données, préparées en arrière-plan et gardées quelques jours ; les siennes seulement."""

    model = AccessCopy
    serializer_class = AccessCopySerializer
    filterset_class = OfPersonFilter
    lookup_value_regex = UUID

    @creates(AskCopySerializer, may=reads_data_kept)
    def create(self, data: dict[str, Any]) -> AccessCopy:
        """Demander une copie ; la même, tant qu’elle se prépare, est rendue."""
        return copies.ask_copy(actor=self.actor, **data)

    @extend_schema(responses={(200, "application/zip"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def archive(self, request: Request, pk: str) -> HttpResponse:
        """Le fichier, pour qui l’a demandé, tant qu’il est gardé ; le prendre laisse une ligne au journal."""
        content = copies.take_copy(actor=self.actor, job=self.get_object())
        if content is None:
            raise Http404
        return HttpResponse(content, content_type="application/zip")
