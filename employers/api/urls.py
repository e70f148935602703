"""Addresses of the employers' side."""

from __future__ import annotations

from rest_framework.routers import SimpleRouter

from employers.api import views

router = SimpleRouter()
router.register("employers", views.EmployerViewSet, "employers")
router.register("employer-accesses", views.EmployerAccessViewSet, "employer-accesses")
router.register("establishments", views.EstablishmentViewSet, "establishments")
router.register("task-analyses", views.TaskAnalysisViewSet, "task-analyses")
router.register("work-tasks", views.WorkTaskViewSet, "work-tasks")
router.register("job-proposals", views.JobProposalViewSet, "job-proposals")
router.register("profile-consents", views.ProfileConsentViewSet, "profile-consents")
router.register("profiles", views.ProfileViewSet, "profiles")
router.register("placements", views.PlacementViewSet, "placements")
router.register("follow-ups", views.FollowUpViewSet, "follow-ups")
urlpatterns = router.urls
