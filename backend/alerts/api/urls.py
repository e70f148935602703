"""Addresses of the day's alerts."""

from __future__ import annotations

from rest_framework.routers import SimpleRouter

from backend.alerts.api import alerts

router = SimpleRouter()
router.register("alerts", alerts.AlertViewSet, "alerts")
urlpatterns = router.urls
