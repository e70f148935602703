"""When we meet next, and what became of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import DomainError, NotPermitted, ensure
from backend.core.findings import raise_refusals
from backend.core.values.plausible import promise_findings
from pathways.enums import AppointmentStatus
from pathways.models import Appointment, Beneficiary, Interview
from pathways.permissions import may_record_follow_up
from pathways.rules import transitions
from pathways.selectors.agenda import remarks_on

_NOT_YOURS = "Seule l’équipe d’accompagnement peut gérer les rendez-vous."


@transaction.atomic
def plan_appointment(
    *, actor: Actor, beneficiary: Beneficiary, starts_at: datetime, purpose: str = ""
) -> Appointment:
    """Set a time to meet; asking twice for the same person at the same time gives the same appointment.

    What else is planned at that minute is told in its `remarks`, and refuses nothing.
    """
    beneficiary = steps.lock(actor, beneficiary)
    if actor.user_id is None or not may_record_follow_up(actor, beneficiary):
        raise NotPermitted("not_yours", _NOT_YOURS)
    check_is_to_come(starts_at)
    same: Appointment | None = Appointment.objects.filter(
        beneficiary=beneficiary,
        advisor_id=actor.user_id,
        starts_at=starts_at,
        status=AppointmentStatus.PLANNED,
    ).first()
    if same is not None:
        return same

    appointment = steps.save(
        Appointment(
            beneficiary=beneficiary,
            organisation_id=actor.organisation_id,
            advisor_id=actor.user_id,
            starts_at=starts_at,
            purpose=purpose.strip(),
        )
    )
    trail.record(actor, "appointment.planned", appointment)
    appointment.remarks = remarks_on(actor, appointment)
    return appointment


@transaction.atomic
def settle_appointment(*, actor: Actor, appointment: Appointment, status: str) -> Appointment:
    """Say what became of an appointment; the status it already has changes nothing."""
    appointment = _lock(actor, appointment)
    if appointment.status == status:
        return appointment
    return _move(actor, appointment, status)


@transaction.atomic
def postpone_appointment(*, actor: Actor, appointment: Appointment, starts_at: datetime) -> Appointment:
    """Move a planned appointment to another time, the former one kept in the trail; the same time changes nothing."""
    appointment = _lock(actor, appointment)
    was = appointment.starts_at
    if was == starts_at:
        return appointment
    raise_refusals(
        transitions.postponing_findings(
            is_open=appointment.status == AppointmentStatus.PLANNED, field="starts_at"
        )
    )
    check_is_to_come(starts_at)
    check_is_free(appointment, starts_at)

    appointment.starts_at = starts_at
    steps.save(appointment)
    trail.record(actor, "appointment.postponed", appointment, was=was.isoformat(), now=starts_at.isoformat())
    appointment.remarks = remarks_on(actor, appointment)
    return appointment


def check_is_free(appointment: Appointment, starts_at: datetime) -> None:
    """The same two people do not meet twice at the same time."""
    taken = Appointment.objects.filter(
        beneficiary_id=appointment.beneficiary_id,
        advisor_id=appointment.advisor_id,
        starts_at=starts_at,
        status=AppointmentStatus.PLANNED,
    )
    if taken.exists():
        raise DomainError(
            "appointment_twice",
            "Un rendez-vous avec cette personne est déjà prévu à cette heure. Choisissez une autre heure, ou annulez "
            "l’un des deux.",
            field="starts_at",
        )


def check_is_to_come(starts_at: datetime, *, field: str = "starts_at") -> None:
    """Refuse an appointment in the past, or on a day nobody can mean; `field` names the input of the form."""
    if starts_at < timezone.now():
        raise DomainError(
            "appointment_in_the_past",
            "Un rendez-vous se prend pour plus tard. Pour un échange déjà eu, notez plutôt un suivi.",
            field=field,
        )
    day = timezone.localdate(starts_at)
    raise_refusals(promise_findings(day, field=field, today=timezone.localdate()))


def hold(*, actor: Actor, appointment: Appointment, interview: Interview) -> Appointment:
    """Mark an appointment held by the interview that answers it, within the caller's transaction."""
    appointment = _lock(actor, appointment)
    if appointment.beneficiary_id != interview.beneficiary_id or appointment.interview_id is not None:
        raise DomainError(
            "appointment_taken",
            "Ce rendez-vous ne correspond pas à cet entretien. Rechargez la page avant d’enregistrer.",
        )
    appointment.interview = interview
    if appointment.status == AppointmentStatus.HELD:
        return steps.save(appointment)
    return _move(actor, appointment, AppointmentStatus.HELD)


def _lock(actor: Actor, appointment: Appointment) -> Appointment:
    appointment = steps.lock(actor, appointment)
    ensure(may_record_follow_up(actor, appointment.beneficiary), "not_yours", _NOT_YOURS)
    return appointment


def _move(actor: Actor, appointment: Appointment, status: str) -> Appointment:
    raise_refusals(
        transitions.transition_findings(transitions.APPOINTMENTS, current=appointment.status, asked=status)
    )
    appointment.status = status
    steps.save(appointment)
    trail.record(actor, "appointment.settled", appointment, status=appointment.status)
    return appointment
