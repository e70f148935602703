"""My day: what deserves attention today."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.alerts.registry import alerts_for
from backend.core.api.views import ApiViewSet
from backend.core.sealing.encryption import Undecipherable


class AlertSerializer(serializers.Serializer[Any]):
    """Une chose à ne pas laisser passer."""

    key = serializers.CharField(help_text="Clé stable, par exemple « pass_ending:412 ».")
    kind = serializers.CharField()
    due_on = serializers.DateField()
    beneficiary = serializers.IntegerField(source="beneficiary_id")
    beneficiary_name = serializers.CharField(source="who")
    title = serializers.CharField()
    message = serializers.CharField()
    action_label = serializers.CharField(help_text="Ce qu’il y a à faire.")


class AlertViewSet(ApiViewSet):
    """Ce qui mérite attention aujourd’hui, le plus pressé d’abord ; une alerte réglée disparaît d’elle-même."""

    serializer_class = AlertSerializer

    def list(self, request: Request) -> Response:
        """Les alertes du jour, page par page."""
        found = alerts_for(self.actor, timezone.localdate())
        if not found.are_all_read:  # a tool would take what is left for the whole of it
            raise Undecipherable
        return self.paged(found)
