"""Addresses of trades, competences and proofs."""

from __future__ import annotations

from django.urls import path
from rest_framework.routers import SimpleRouter

from competences.api import (
    assessments,
    certifications,
    cvs,
    gesture_lists,
    licences,
    observations,
    passports,
    polycompetence,
    referential,
    vae_projects,
)

router = SimpleRouter()
router.register("occupations", referential.OccupationViewSet, "occupations")
router.register("competences", referential.CompetenceViewSet, "competences")
router.register("assessments", assessments.AssessmentViewSet, "assessments")
router.register("vae-projects", vae_projects.VaeProjectViewSet, "vae-projects")
router.register("licences", licences.LicenceViewSet, "licences")
router.register("passports", passports.PassportViewSet, "passports")
router.register("cvs", cvs.CvViewSet, "cvs")
router.register("certifications", certifications.CertificationViewSet, "certifications")
router.register("blocs", certifications.BlocViewSet, "blocs")
router.register("bloc-lines", certifications.BlocLineViewSet, "bloc-lines")
router.register("polycompetence", polycompetence.PolycompetenceViewSet, "polycompetence")
router.register("team-skills", polycompetence.TeamSkillsViewSet, "team-skills")
router.register("team-figures", polycompetence.TeamFiguresViewSet, "team-figures")
router.register("gesture-lists", gesture_lists.GestureListViewSet, "gesture-lists")
sent = observations.ObservationsViewSet.as_view({"put": "create"}, basename="observations", detail=False)
urlpatterns = [*router.urls, path("observations/", sent, name="observations")]
