"""Addresses of trades, competences and proofs."""

from __future__ import annotations

from rest_framework.routers import SimpleRouter

from competences.api import views

router = SimpleRouter()
router.register("occupations", views.OccupationViewSet, "occupations")
router.register("competences", views.CompetenceViewSet, "competences")
router.register("assessments", views.AssessmentViewSet, "assessments")
router.register("vae-projects", views.VaeProjectViewSet, "vae-projects")
router.register("licences", views.LicenceViewSet, "licences")
urlpatterns = router.urls
