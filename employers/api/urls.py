"""Addresses of the employers' side."""

from __future__ import annotations

from rest_framework.routers import SimpleRouter

from employers.api import (
    accesses,
    analyses,
    consents,
    employers,
    placements,
    post_hire,
    profiles,
    proposals,
    tasks,
    unlocking,
)

router = SimpleRouter()
router.register("employers", employers.EmployerViewSet, "employers")
router.register("employer-accesses", accesses.EmployerAccessViewSet, "employer-accesses")
router.register("establishments", employers.EstablishmentViewSet, "establishments")
router.register("task-analyses", analyses.TaskAnalysisViewSet, "task-analyses")
router.register("work-tasks", tasks.WorkTaskViewSet, "work-tasks")
router.register("job-proposals", proposals.JobProposalViewSet, "job-proposals")
router.register("profile-consents", consents.ProfileConsentViewSet, "profile-consents")
router.register("profiles", profiles.ProfileViewSet, "profiles")
router.register("placements", placements.PlacementViewSet, "placements")
router.register("follow-ups", post_hire.PostHireViewSet, "follow-ups")
router.register("unlocking", unlocking.UnlockingViewSet, "unlocking")
urlpatterns = router.urls
