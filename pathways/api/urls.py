"""Addresses of the thread."""

from __future__ import annotations

from rest_framework.routers import SimpleRouter

from pathways.api import (
    accesses,
    actions,
    appointments,
    barriers,
    contracts,
    data_quality,
    entry_profiles,
    exits,
    goals,
    hours,
    interviews,
    people,
    reunions,
    stays,
    watch_ends,
)
from pathways.api.outside import immersions
from pathways.api.relays import relays, steps
from pathways.api.rights import changes, derogations, passes

router = SimpleRouter()
router.register("people", people.PersonViewSet, "people")
router.register("person-accesses", accesses.PersonAccessViewSet, "person-accesses")
router.register("entry-profiles", entry_profiles.EntryProfileViewSet, "entry-profiles")
router.register("stays", stays.StayViewSet, "stays")
router.register("contracts", contracts.ContractViewSet, "contracts")
router.register("monthly-hours", hours.MonthlyHoursViewSet, "monthly-hours")
router.register("passes", passes.PassViewSet, "passes")
router.register("immersions", immersions.ImmersionViewSet, "immersions")
router.register("pass-suspensions", changes.PassSuspensionViewSet, "pass-suspensions")
router.register("pass-prolongations", changes.PassProlongationViewSet, "pass-prolongations")
router.register("derogations", derogations.DerogationViewSet, "derogations")
router.register("relays", relays.RelayViewSet, "relays")
router.register("relay-steps", steps.RelayStepViewSet, "relay-steps")
router.register("interviews", interviews.InterviewViewSet, "interviews")
router.register("goals", goals.GoalViewSet, "goals")
router.register("actions", actions.ActionViewSet, "actions")
router.register("appointments", appointments.AppointmentViewSet, "appointments")
router.register("barrier-readings", barriers.BarrierReadingViewSet, "barrier-readings")
router.register("exits", exits.ExitViewSet, "exits")
router.register("data-quality", data_quality.DataQualityViewSet, "data-quality")
router.register("watch-ends", watch_ends.WatchEndViewSet, "watch-ends")
router.register("reunions", reunions.ReunionViewSet, "reunions")
router.register("told-apart", reunions.ToldApartViewSet, "told-apart")
urlpatterns = router.urls
