"""Addresses of the thread."""

from __future__ import annotations

from rest_framework.routers import SimpleRouter

from pathways.api import (
    accesses,
    amendments,
    beyond,
    contracts,
    data_quality,
    entry_profiles,
    exits,
    hours,
    people,
    reunions,
    stays,
    watch_ends,
)
from pathways.api.follow_up import actions, appointments, barriers, goals, interviews, wishes
from pathways.api.outside import immersions, trainings
from pathways.api.privacy import copies, requests
from pathways.api.relays import relays, steps
from pathways.api.rights import changes, derogations, diagnoses, passes, rules, travelling

router = SimpleRouter()
router.register("people", people.PersonViewSet, "people")
router.register("person-accesses", accesses.PersonAccessViewSet, "person-accesses")
router.register("entry-profiles", entry_profiles.EntryProfileViewSet, "entry-profiles")
router.register("rules", rules.RuleViewSet, "rules")
router.register("stays", stays.StayViewSet, "stays")
router.register("contracts", contracts.ContractViewSet, "contracts")
router.register("hours-amendments", amendments.HoursAmendmentViewSet, "hours-amendments")
router.register("monthly-hours", hours.MonthlyHoursViewSet, "monthly-hours")
router.register("passes", passes.PassViewSet, "passes")
router.register("immersions", immersions.ImmersionViewSet, "immersions")
router.register("trainings", trainings.TrainingViewSet, "trainings")
router.register("pass-suspensions", changes.PassSuspensionViewSet, "pass-suspensions")
router.register("pass-prolongations", changes.PassProlongationViewSet, "pass-prolongations")
router.register("derogations", derogations.DerogationViewSet, "derogations")
router.register("eligibility-diagnoses", diagnoses.DiagnosisViewSet, "eligibility-diagnoses")
router.register("relays", relays.RelayViewSet, "relays")
router.register("relay-steps", steps.RelayStepViewSet, "relay-steps")
router.register("interviews", interviews.InterviewViewSet, "interviews")
router.register("goals", goals.GoalViewSet, "goals")
router.register("hours-wishes", wishes.HoursWishViewSet, "hours-wishes")
router.register("medical-visits", travelling.MedicalVisitViewSet, "medical-visits")
router.register("saved-days", travelling.SavedDaysViewSet, "saved-days")
router.register("actions", actions.ActionViewSet, "actions")
router.register("appointments", appointments.AppointmentViewSet, "appointments")
router.register("barrier-readings", barriers.BarrierReadingViewSet, "barrier-readings")
router.register("exits", exits.ExitViewSet, "exits")
router.register("data-quality", data_quality.DataQualityViewSet, "data-quality")
router.register("caseload-openings", beyond.OpeningViewSet, "caseload-openings")
router.register("watch-ends", watch_ends.WatchEndViewSet, "watch-ends")
router.register("reunions", reunions.ReunionViewSet, "reunions")
router.register("told-apart", reunions.ToldApartViewSet, "told-apart")
router.register("access-copies", copies.AccessCopyViewSet, "access-copies")
router.register("data-requests", requests.DataRequestViewSet, "data-requests")
router.register("retentions", requests.RetentionViewSet, "retentions")
urlpatterns = router.urls
