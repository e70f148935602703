"""Addresses of imports."""

from __future__ import annotations

from django.urls import path
from rest_framework.routers import SimpleRouter

from backend.exchange.api import bulk, column_maps, imports

router = SimpleRouter()
router.register("column-maps", column_maps.ColumnMapViewSet, "column-maps")
router.register("imports", imports.ImportViewSet, "imports")
rows = bulk.BulkViewSet.as_view({"put": "create"}, basename="bulk", detail=False)
urlpatterns = [*router.urls, path("bulk/", rows, name="bulk")]
