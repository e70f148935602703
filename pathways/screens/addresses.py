"""Which screen of the pathways takes which object: the one place where a number meets a route."""

from __future__ import annotations

from django.urls import reverse

from backend.core.pages.addresses import Gesture, register
from pathways.models import (
    Action,
    Appointment,
    Beneficiary,
    Contract,
    DataRequest,
    Derogation,
    EligibilityDiagnosis,
    Exit,
    HoursWish,
    IaePass,
    Immersion,
    Interview,
    MedicalVisit,
    PassSuspension,
    Relay,
    RelayStep,
    Retention,
    SavedDays,
    Stay,
    Training,
)
from pathways.screens.corrections.kind import register_kinds
from pathways.screens.corrections.kinds import KINDS


def register_all() -> None:
    """Called once, when the house is installed."""
    register(Beneficiary, Gesture.OPEN, "web:person")
    register(Beneficiary, Gesture.NOTE, "web:follow_up_new")
    register(Stay, Gesture.OPEN, "web:person", number=lambda stay: stay.beneficiary_id, fragment="etapes")
    register(
        Contract,
        Gesture.PROLONG,
        "web:contract_new",
        number=lambda contract: contract.stay_id,
        query=lambda contract: {"prolonge": contract.pk},
    )
    # Its page holds the request of a prolongation, and the answer when it was asked already.
    register(IaePass, Gesture.OPEN, "web:pass", number=lambda iae: iae.beneficiary_id)
    register(PassSuspension, Gesture.OPEN, "web:pass", number=lambda row: row.iae_pass.beneficiary_id)
    register(
        Derogation, Gesture.OPEN, "web:pass", number=lambda row: row.beneficiary_id, fragment="derogations"
    )
    register(EligibilityDiagnosis, Gesture.OPEN, "web:eligibility", number=lambda row: row.beneficiary_id)
    register(Action, Gesture.SETTLE, "web:action_edit")
    register(Action, Gesture.POSTPONE, "web:action_postpone")
    register(Appointment, Gesture.POSTPONE, "web:appointment_postpone")
    register(Stay, Gesture.CLOSE, "web:exit_edit")
    register(Exit, Gesture.COMPLETE, "web:exit_edit", number=lambda exit_: exit_.stay_id)
    register(
        Immersion,
        Gesture.OPEN,
        "web:person",
        number=lambda immersion: immersion.beneficiary_id,
        fragment="immersions",
    )
    register(
        Training,
        Gesture.OPEN,
        "web:person",
        number=lambda training: training.beneficiary_id,
        fragment="formations",
    )
    register(
        HoursWish, Gesture.OPEN, "web:person", number=lambda wish: wish.beneficiary_id, fragment="heures"
    )
    register(
        MedicalVisit,
        Gesture.OPEN,
        "web:rights",
        number=lambda visit: visit.beneficiary_id,
        fragment="visites",
    )
    register(
        SavedDays, Gesture.OPEN, "web:rights", number=lambda saved: saved.beneficiary_id, fragment="jours"
    )
    register(Training, Gesture.COMPLETE, "web:training_finish")
    register(Relay, Gesture.OPEN, "web:relay")
    register(Relay, Gesture.CORRECT, "web:relay_correct")
    register(Relay, Gesture.CANCEL, "web:relay_cancel")
    register(RelayStep, Gesture.CORRECT, "web:relay_step_correct")
    register(RelayStep, Gesture.CANCEL, "web:relay_step_cancel")
    register(Immersion, Gesture.COMPLETE, "web:immersion_review")
    register(Beneficiary, Gesture.CORRECT, "web:person_edit")
    register(Interview, Gesture.CORRECT, "web:interview_edit")
    register(Interview, Gesture.CANCEL, "web:interview_cancel")
    register(DataRequest, Gesture.OPEN, "web:data_kept", number=lambda row: row.beneficiary_id)
    register(Retention, Gesture.OPEN, "web:data_kept", number=lambda row: row.beneficiary_id)
    register_kinds(KINDS)


def page_of_rules() -> str:
    """Where every rule is read, one line each."""
    return reverse("web:rules")
