"""Addresses of figures and exports."""

from __future__ import annotations

from rest_framework.routers import SimpleRouter

from reports.api import (
    conventions,
    exit_statistics,
    exports,
    fte_statistics,
    gap_statistics,
    published_tables,
)

router = SimpleRouter()
router.register("exit-statistics", exit_statistics.ExitStatisticsViewSet, "exit-statistics")
router.register("fte-statistics", fte_statistics.FteStatisticsViewSet, "fte-statistics")
router.register("gap-statistics", gap_statistics.GapStatisticsViewSet, "gap-statistics")
router.register("conventions", conventions.ConventionViewSet, "conventions")
router.register("exports", exports.ExportViewSet, "exports")
router.register("published-tables", published_tables.PublishedTableViewSet, "published-tables")
urlpatterns = router.urls
