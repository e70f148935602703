"""Addresses of trades, competences and proofs."""

from __future__ import annotations

from rest_framework.routers import SimpleRouter

from competences.api import assessments, licences, passports, referential, vae_projects

router = SimpleRouter()
router.register("occupations", referential.OccupationViewSet, "occupations")
router.register("competences", referential.CompetenceViewSet, "competences")
router.register("assessments", assessments.AssessmentViewSet, "assessments")
router.register("vae-projects", vae_projects.VaeProjectViewSet, "vae-projects")
router.register("licences", licences.LicenceViewSet, "licences")
router.register("passports", passports.PassportViewSet, "passports")
urlpatterns = router.urls
