"""Addresses of imports."""

from __future__ import annotations

from rest_framework.routers import SimpleRouter

from backend.exchange.api import imports

router = SimpleRouter()
router.register("imports", imports.ImportViewSet, "imports")
urlpatterns = router.urls
