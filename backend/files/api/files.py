"""Files attached: named, opened, taken away; they are sent where they belong (`licences/12/attach/`)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from backend.core.api.endpoints import verb
from backend.core.api.filters import Filters, TextFilter
from backend.core.api.serializers import Output
from backend.core.api.views import UUID, DomainViewSet, Lists, Shows
from backend.files.enums import FileKind
from backend.files.models import StoredFile
from backend.files.permissions import may_send_files
from backend.files.screens.views import sent_to_save
from backend.files.services import open_file, take_away


class FileFilter(Filters):
    """Files by what carries them."""

    carrier = TextFilter(field_name="carrier")


class StoredFileSerializer(Output):
    """Une pièce jointe ; ses octets sont à `content/`."""

    title = serializers.CharField()

    class Meta:
        model = StoredFile
        fields: ClassVar = ["id", "carrier", "carrier_id", "title", "kind", "size", "added_by", "added_at"]
        left_out: ClassVar = {
            "beneficiary_id": "what carries it says whose it is",
            "place": "where the bytes are is nobody’s business",
            "sealed_key": "a secret",
        }


class FileViewSet(Lists, Shows, DomainViewSet):
    """Pièces jointes aux habilitations et aux compétences constatées."""

    model = StoredFile
    serializer_class = StoredFileSerializer
    filterset_class = FileFilter
    lookup_value_regex = UUID

    @extend_schema(responses={(200, kind.content_type): OpenApiTypes.BINARY for kind in FileKind})
    @action(detail=True, methods=["get"])
    def content(self, request: Request, pk: str) -> HttpResponse:
        """Les octets, à enregistrer ; l’ouverture est notée."""
        stored = self.get_object()
        return sent_to_save(stored, open_file(actor=self.actor, stored=stored))

    @verb(status=204, may=may_send_files)
    def remove(self, stored: StoredFile, data: dict[str, Any]) -> None:
        """Retirer la pièce, pour de bon."""
        take_away(actor=self.actor, stored=stored)
