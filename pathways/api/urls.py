"""Addresses of the thread."""

from __future__ import annotations

from rest_framework.routers import SimpleRouter

from pathways.api import views

router = SimpleRouter()
router.register("people", views.PersonViewSet, "people")
router.register("person-accesses", views.PersonAccessViewSet, "person-accesses")
router.register("entry-profiles", views.EntryProfileViewSet, "entry-profiles")
router.register("stays", views.StayViewSet, "stays")
router.register("contracts", views.ContractViewSet, "contracts")
router.register("monthly-hours", views.MonthlyHoursViewSet, "monthly-hours")
router.register("passes", views.PassViewSet, "passes")
router.register("interviews", views.InterviewViewSet, "interviews")
router.register("goals", views.GoalViewSet, "goals")
router.register("actions", views.ActionViewSet, "actions")
router.register("appointments", views.AppointmentViewSet, "appointments")
router.register("barrier-readings", views.BarrierReadingViewSet, "barrier-readings")
router.register("exits", views.ExitViewSet, "exits")
urlpatterns = router.urls
