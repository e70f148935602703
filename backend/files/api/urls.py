"""Addresses of files."""

from __future__ import annotations

from rest_framework.routers import SimpleRouter

from backend.files.api import files

router = SimpleRouter()
router.register("files", files.FileViewSet, "files")
urlpatterns = router.urls
