"""Addresses of what comes in and goes out."""

from __future__ import annotations

from django.urls import path
from rest_framework.routers import SimpleRouter

from backend.exchange.api import bulk, column_maps, imports, structure_copies

router = SimpleRouter()
router.register("column-maps", column_maps.ColumnMapViewSet, "column-maps")
router.register("imports", imports.ImportViewSet, "imports")
router.register("structure-copies", structure_copies.StructureCopyViewSet, "structure-copies")
rows = bulk.BulkViewSet.as_view({"put": "create"}, basename="bulk", detail=False)
urlpatterns = [*router.urls, path("bulk/", rows, name="bulk")]
