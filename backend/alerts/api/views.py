"""My day: what deserves attention today."""

from __future__ import annotations

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from backend.alerts.api.serializers import AlertSerializer
from backend.alerts.registry import alerts_for
from backend.core.api.views import ApiViewSet


class AlertViewSet(ApiViewSet):
    """Ce qui mérite attention aujourd’hui, le plus pressé d’abord ; une alerte réglée disparaît d’elle-même."""

    serializer_class = AlertSerializer

    def list(self, request: Request) -> Response:
        """Les alertes du jour, page par page."""
        return self.paged(alerts_for(self.actor, timezone.localdate()))
