"""What a tool reads of a file prepared apart, sealed and kept a few days."""

from __future__ import annotations

from collections.abc import Mapping

from rest_framework import serializers

from backend.core.api.serializers import LEFT_OUT_OF_A_JOB, Output

HOW_IT_ENDED = ("message", "restarts", "size", "created_at", "finished_at", "kept_until", "is_available")
LEFT_OUT_OF_A_SEALED_JOB: Mapping[str, str] = {
    "place": "where the bytes stand, for the service alone; its own address gives them",
    "sealed_key": "their key",
    **LEFT_OUT_OF_A_JOB,
}


class SealedJobSerializer(Output):
    """Un fichier préparé à part : jusqu’à quand il se prend."""

    is_available = serializers.BooleanField()
    kept_until = serializers.DateTimeField(allow_null=True)
