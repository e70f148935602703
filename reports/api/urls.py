"""Addresses of figures and exports."""

from __future__ import annotations

from rest_framework.routers import SimpleRouter

from reports.api import views

router = SimpleRouter()
router.register("exit-statistics", views.ExitStatisticsViewSet, "exit-statistics")
router.register("exports", views.ExportViewSet, "exports")
urlpatterns = router.urls
