"""A file sent in the body of a request, as base64: the same shape wherever one is attached."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework import serializers

from backend.core.api.serializers import Input
from backend.core.errors import DomainError


class SendFileSerializer(Input):
    """Une pièce : PDF, JPEG ou PNG, en base64."""

    name = serializers.CharField(max_length=200)
    content = serializers.CharField(trim_whitespace=True, help_text="Les octets, en base64.")


def sent_file(data: dict[str, Any]) -> SimpleUploadedFile:
    """The file of a body; `DomainError` when it is not base64."""
    try:
        content = base64.b64decode(data["content"], validate=True)
    except (binascii.Error, ValueError) as error:
        raise DomainError(
            "file_unreadable",
            "Ce contenu n’est pas du base64. Encodez le fichier, puis renvoyez-le.",
            field="content",
        ) from error
    return SimpleUploadedFile(data["name"], content)
