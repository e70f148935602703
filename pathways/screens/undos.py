"""Which gestures of the thread are taken back at once from their notice, by the service that takes them back later."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from backend.core import steps
from backend.core.actor import Actor
from backend.web.undo import Undo, register
from pathways import services
from pathways.enums import CancelReason
from pathways.models import Exit, HoursAmendment, Interview, MonthlyHours, Training
from pathways.permissions import may_change_training, may_correct_work, may_edit_interview, may_reopen


def register_all() -> None:
    """Called once, when the house is installed."""
    register(Interview, Undo(may_edit_interview, _interview, _page))
    register(Training, Undo(may_change_training, _training, _page))
    register(Exit, Undo(_may_exit, _exit, lambda row: _page(row.stay)))
    register(HoursAmendment, Undo(_may_work, _amendment, lambda row: _page(row.contract.stay)))
    register(MonthlyHours, Undo(_may_work, _hours, lambda row: _page(row.contract.stay)))


def _page(row: Any) -> str:
    return reverse("web:person", args=[row.beneficiary_id])


def _interview(actor: Actor, row: Interview) -> object:
    return services.cancel_interview(
        actor=actor, interview=row, version=row.version, reason=CancelReason.OTHER
    )


def _training(actor: Actor, row: Training) -> object:
    return services.cancel_training(actor=actor, training=row, version=row.version, reason=CancelReason.OTHER)


def _may_exit(actor: Actor, row: Exit) -> bool:
    return may_reopen(actor, row.stay)


def _exit(actor: Actor, row: Exit) -> object:
    return services.cancel_exit(actor=actor, exit_=row, version=row.version, reason=CancelReason.OTHER)


def _may_work(actor: Actor, row: HoursAmendment | MonthlyHours) -> bool:
    return may_correct_work(actor, row.contract.stay)


def _amendment(actor: Actor, row: HoursAmendment) -> None:
    services.cancel_amendment(actor=actor, amendment=row, seen=steps.seen(row), reason=CancelReason.OTHER)


def _hours(actor: Actor, row: MonthlyHours) -> None:
    services.cancel_hours(actor=actor, line=row, seen=steps.seen(row), reason=CancelReason.OTHER)
