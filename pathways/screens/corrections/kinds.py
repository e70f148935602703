"""What may be corrected or taken back of a person's thread, one line a kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from backend.core.actor import Actor
from backend.core.hanging import hanging_from
from backend.core.values.dates import french_date
from pathways import services
from pathways.models import (
    Action,
    Appointment,
    Contract,
    Exit,
    Goal,
    HoursAmendment,
    IaePass,
    MonthlyHours,
    Stay,
)
from pathways.permissions import (
    may_correct_stay,
    may_correct_work,
    may_edit_person,
    may_record_follow_up,
    may_reopen,
)
from pathways.screens.corrections import forms
from pathways.screens.corrections.kind import Kind
from pathways.services.corrections.stays import left_alone_by, reopened_with, resting_on_stay


def _of_contract(row: Contract) -> Sequence[str]:
    months, amendments = row.monthly_hours.count(), row.amendments.count()
    return [
        *([f"les heures notées sous ce contrat partent aussi ({months} au total)"] if months else []),
        *([f"ses avenants partent aussi ({amendments} au total)"] if amendments else []),
    ]


def _of_stay(row: Stay) -> Sequence[str]:
    if left_alone_by(row) is None or resting_on_stay(row):
        return []
    return ["la fiche de la personne, qui n’a rien d’autre, part aussi"]


def _of_exit(row: Exit) -> Sequence[str]:
    return [
        "le passage dans la structure reprend",
        *(f"le contrat du {french_date(each.started_on)} reprend aussi" for each in reopened_with(row)),
    ]


def _of_goal(row: Goal) -> Sequence[str]:
    return [f"l’action « {action.label} » reste, sans objectif" for action in row.actions.all()]


def _of_its_contract(actor: Actor, row: Any) -> bool:
    return may_correct_work(actor, row.contract.stay)


KINDS = (
    Kind(
        "contract", Contract, "contract", "ce contrat", lambda actor, row: may_correct_work(actor, row.stay),
        services.cancel_contract, forms.ContractCorrectForm, services.correct_contract, "stay__beneficiary",
        _of_contract,
        lambda row: hanging_from(row, apart_from=(MonthlyHours, HoursAmendment)),
    ),
    Kind(
        "amendment", HoursAmendment, "amendment", "cet avenant", _of_its_contract, services.cancel_amendment,
        stands="contract__stay__beneficiary",
    ),
    Kind(
        "hours", MonthlyHours, "line", "ces heures", _of_its_contract, services.cancel_hours,
        stands="contract__stay__beneficiary",
    ),
    Kind(
        "stay", Stay, "stay", "ce passage", may_correct_stay, services.cancel_stay, forms.StayCorrectForm,
        services.correct_stay, leaving=_of_stay, resting=resting_on_stay,
    ),
    Kind(
        "exit", Exit, "exit_", "cette sortie", lambda actor, row: may_reopen(actor, row.stay), services.cancel_exit, forms.ExitMoveForm,
        services.move_exit, "stay__beneficiary", _of_exit,
        may_cancel=lambda actor, row: may_reopen(actor, row.stay),
    ),
    Kind(
        "pass", IaePass, "iae", "ce PASS IAE", lambda actor, row: may_edit_person(actor, row.beneficiary),
        services.cancel_pass, forms.PassCorrectForm, services.correct_pass, resting=hanging_from,
    ),
    Kind(
        "goal", Goal, "goal", "cet objectif", lambda actor, row: may_record_follow_up(actor, row.beneficiary),
        services.cancel_goal, forms.GoalCorrectForm, services.correct_goal, leaving=_of_goal,
    ),
    Kind(
        "action", Action, "action", "cette action",
        lambda actor, row: may_record_follow_up(actor, row.beneficiary),
        services.cancel_action, forms.ActionCorrectForm, services.correct_action,
    ),
    Kind(
        "appointment", Appointment, "appointment", "ce rendez-vous",
        lambda actor, row: may_record_follow_up(actor, row.beneficiary),
        services.cancel_appointment, forms.AppointmentCorrectForm, services.correct_appointment,
    ),
)  # fmt: skip
