"""Correcting an interview one wrote, and taking back one recorded by mistake."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Unpack

from django.db import models, transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import DomainError, ensure
from backend.core.findings import raise_refusals
from backend.exchange.importing import memory
from pathways.enums import AppointmentStatus, BarrierTheme, CancelReason, ProgressStatus
from pathways.models import Action, Appointment, BarrierReading, Interview, PrivateNote
from pathways.permissions import may_edit_interview
from pathways.rules.follow_ups import duration_findings, saying_findings
from pathways.services.follow_ups import Said, check_moment, keep_private_note, put, read_barriers

_NOT_THE_AUTHOR = "Seule la personne qui a écrit cet entretien peut le modifier."


@transaction.atomic
def edit_interview(
    *,
    actor: Actor,
    interview: Interview,
    version: int,
    happened_at: datetime | None = None,
    private_note: str | None = None,
    barriers: Mapping[str, int] | None = None,
    **said: Unpack[Said],
) -> Interview:
    """Correct one's own interview, whole or in part; the trail keeps the former dates and codes, never a text.

    `private_note=None` leaves the note as it is, an empty one removes it; `barriers=None` leaves the freins read
    that day, anything else is all of them. `Conflict` when `version` is old: nothing is written.
    """
    interview = steps.lock(actor, interview)
    ensure(may_edit_interview(actor, interview), "not_the_author", _NOT_THE_AUTHOR)
    steps.check_version(interview, version)
    before, had_text = _facts(interview), bool(interview.synthesis)

    interview.happened_at = happened_at or interview.happened_at
    put(interview, said)
    raise_refusals(duration_findings(interview.duration_minutes))
    if interview.happened_at != before["happened_at"]:
        check_moment(actor, interview.beneficiary, interview.happened_at)
    _put_barriers(interview, barriers)
    if had_text or before["topics"] or before["barriers"]:
        raise_refusals(saying_findings(*_all_said(interview, private_note)))
    steps.save(interview)
    if private_note is not None:
        keep_private_note(actor, interview, private_note)
    trail.record(
        actor,
        "interview.edited",
        interview,
        version=interview.version,
        was=_changed(before, _facts(interview)),
    )
    return interview


@dataclass(frozen=True, slots=True)
class Leaving:
    """What goes, or stays alone, when an interview is taken back."""

    readings: list[BarrierReading]
    actions: list[Action]
    actions_kept: list[Action]
    appointment: Appointment | None
    has_note: bool

    @property
    def themes(self) -> list[str]:
        """The freins read that day, in words."""
        return [BarrierTheme(reading.theme).label for reading in self.readings]


def leaving_with(interview: Interview) -> Leaving:
    """What depends on an interview: its readings and untouched actions go, actions already moved along stay.

    The appointment it answered is planned again.
    """
    actions = list(interview.actions.order_by("pk"))
    untouched = [row for row in actions if row.status == ProgressStatus.TO_DO and row.version == 1]
    return Leaving(
        readings=list(interview.barrier_readings.order_by("pk")),
        actions=untouched,
        actions_kept=[row for row in actions if row not in untouched],
        appointment=Appointment.objects.filter(interview=interview).first(),
        has_note=PrivateNote.objects.filter(interview=interview).exists(),
    )


@transaction.atomic
def cancel_interview(*, actor: Actor, interview: Interview, version: int, reason: str) -> Leaving:
    """Take back an interview recorded by mistake, with what came from it; the trail keeps who, when and why.

    Its text is gone for good: what was written of somebody else, or twice, is not kept (RGPD, art. 5, 1 d). A file
    that brought it does not bring it back.
    """
    interview = steps.lock(actor, interview)
    ensure(may_edit_interview(actor, interview), "not_the_author", _NOT_THE_AUTHOR)
    steps.check_version(interview, version)
    if reason not in CancelReason.values:
        raise DomainError("unknown_reason", "Choisissez la raison parmi celles proposées.", field="reason")
    left, was = leaving_with(interview), _facts(interview)

    _release(left)
    trail.record(
        actor,
        "interview.cancelled",
        interview,
        reason=reason,
        was=_written(was),
        actions=[row.pk for row in left.actions],
        appointment=left.appointment.pk if left.appointment else None,
    )
    memory.withdraw(interview, owner=interview.beneficiary, told=("date",), id=interview.external_id)
    interview.delete()
    return left


def _release(left: Leaving) -> None:
    """Let go of what points to the interview, before it goes."""
    for reading in left.readings:
        reading.delete()
    for action in left.actions:
        action.delete()
    for action in left.actions_kept:
        action.interview = None
        steps.save(action)
    if left.appointment is not None:
        left.appointment.interview = None
        left.appointment.status = AppointmentStatus.PLANNED
        steps.save(left.appointment)


def _put_barriers(interview: Interview, barriers: Mapping[str, int] | None) -> None:
    """Replace the readings of the day; without new ones, they follow the day of the interview."""
    readings = interview.barrier_readings.all()
    if barriers is None:
        readings.update(read_on=timezone.localdate(interview.happened_at))
        return
    readings.delete()
    read_barriers(interview, barriers)


def _all_said(interview: Interview, private_note: str | None) -> list[object]:
    """Everything the interview would say once corrected."""
    note: object = private_note
    if private_note is None:
        note = PrivateNote.objects.filter(interview=interview).exists()
    return [
        interview.topics,
        interview.synthesis,
        note,
        interview.barrier_readings.exists(),
        interview.actions.exists(),
    ]


def _facts(interview: Interview) -> dict[str, Any]:
    """Dates and codes: what the trail may hold of an interview; a text typed freely never is one of them."""
    return {
        "happened_at": interview.happened_at,
        **{name: getattr(interview, name) for name in Said.__annotations__ if not _is_a_text(name)},
        "barriers": {reading.theme: reading.impact for reading in interview.barrier_readings.all()},
    }


def _is_a_text(name: str) -> bool:
    field = Interview._meta.get_field(name)
    return isinstance(field, models.CharField | models.TextField) and not field.choices


def _changed(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    return _written({name: value for name, value in before.items() if value != after[name]})


def _written(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts as the trail writes them: how many freins, which ones and how much they weighed stay on the thread."""
    return {name: _plain(value) for name, value in facts.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return len(value) if isinstance(value, dict) else value
