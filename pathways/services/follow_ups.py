"""« Noter un suivi »: everything one sheet says about a person, written at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import DomainError, NotPermitted, ensure
from backend.core.findings import raise_refusals
from pathways.enums import BarrierTheme, Topic
from pathways.models import Appointment, BarrierReading, Beneficiary, Interview, PrivateNote, Stay
from pathways.permissions import may_keep_private_note, may_record_follow_up
from pathways.rules.follow_ups import age_findings, day_findings, duration_findings, saying_findings
from pathways.services.appointments import check_is_to_come, hold, plan_appointment
from pathways.services.goals import check_promise, plan_action


class Said(TypedDict, total=False):
    """What an interview says of itself, noted then corrected; a name left out stays as it is."""

    kind: str
    mode: str
    duration_minutes: int | None
    topics: Iterable[str]
    synthesis: str


@transaction.atomic
def record_follow_up(
    *,
    actor: Actor,
    beneficiary: Beneficiary,
    happened_at: datetime,
    private_note: str = "",
    barriers: Mapping[str, int] = {},
    next_action: str = "",
    next_action_due_on: date | None = None,
    next_appointment_at: datetime | None = None,
    next_appointment_purpose: str = "",
    appointment: Appointment | None = None,
    **said: Unpack[Said],
) -> Interview:
    """Write an interview and what came out of it, all or nothing; an interview that says nothing is refused.

    `barriers` holds the themes touched only (theme → impact 0–3): the others keep their last reading.
    `appointment` is the one this interview answers; it becomes held.
    """
    beneficiary = steps.lock(actor, beneficiary)
    ensure(
        may_record_follow_up(actor, beneficiary),
        "not_yours",
        "Seule l’équipe d’accompagnement peut noter un suivi.",
    )
    check_moment(actor, beneficiary, happened_at)
    interview = Interview(
        beneficiary=beneficiary,
        organisation_id=actor.organisation_id,
        author_id=actor.user_id,
        happened_at=happened_at,
    )
    put(interview, said)
    raise_refusals(duration_findings(interview.duration_minutes))
    raise_refusals(
        saying_findings(
            interview.topics, interview.synthesis, private_note, barriers, next_action, next_appointment_at
        )
    )
    if next_action.strip():
        check_promise(next_action_due_on, field="next_action_due_on", made_on=timezone.localdate(happened_at))

    steps.save(interview)
    keep_private_note(actor, interview, private_note)
    read_barriers(interview, barriers)
    if next_action.strip():
        plan_action(
            actor=actor,
            beneficiary=beneficiary,
            label=next_action,
            due_on=next_action_due_on,
            interview=interview,
        )
    if next_appointment_at is not None:
        check_is_to_come(next_appointment_at, field="next_appointment_at")
        interview.remarks = plan_appointment(
            actor=actor,
            beneficiary=beneficiary,
            starts_at=next_appointment_at,
            purpose=next_appointment_purpose,
        ).remarks
    if appointment is not None:
        hold(actor=actor, appointment=appointment, interview=interview)
    trail.record(
        actor, "interview.recorded", interview, kind=interview.kind, barriers=sorted(map(str, barriers))
    )
    return interview


def check_moment(actor: Actor, beneficiary: Beneficiary, happened_at: datetime) -> None:
    """Refuse an interview to come, or one long before the person's first stay."""
    raise_refusals(day_findings(happened_at=happened_at, now=timezone.now()))
    stays = Stay.objects.visible_to(actor).filter(beneficiary=beneficiary).order_by("started_on")
    first_day = stays.values_list("started_on", flat=True).first()
    found = age_findings(
        day=timezone.localdate(happened_at),
        first_stay_on=first_day,
        today=timezone.localdate(),
        born_on=beneficiary.birth_date,
    )
    raise_refusals(found)


def put(interview: Interview, said: Said) -> None:
    """Write on the interview what is said of it."""
    for name, value in said.items():
        setattr(interview, name, value)
    interview.topics = _known_topics(interview.topics) if "topics" in said else interview.topics
    interview.synthesis = interview.synthesis.strip()


def _known_topics(topics: Iterable[str]) -> list[str]:
    """Each topic once, in the order of the chips."""
    asked = set(topics)
    if asked - set(Topic.values):
        raise DomainError(
            "unknown_topic",
            "Un des sujets n’existe pas. Rechargez la page et cochez-les à nouveau.",
            field="topics",
        )
    return [topic for topic in Topic.values if topic in asked]


def keep_private_note(actor: Actor, interview: Interview, text: str) -> None:
    """Write, replace or remove the author's note; the trail says nothing of it."""
    notes = PrivateNote.objects.filter(interview=interview, author_id=actor.user_id)
    if not text.strip():
        notes.delete()
        return
    if actor.user_id is None or not may_keep_private_note(actor):
        raise NotPermitted(
            "no_private_note",
            "La note privée est réservée à l’accompagnement. Écrivez plutôt dans la synthèse partagée.",
        )
    note = notes.first() or PrivateNote(interview=interview, author_id=actor.user_id)
    note.text = text.strip()
    steps.save(note)


def read_barriers(interview: Interview, barriers: Mapping[str, int]) -> None:
    """Keep how much each of these freins weighed on the day of the interview."""
    if set(barriers) - set(BarrierTheme.values):
        raise DomainError(
            "unknown_barrier",
            "Un des freins n’existe pas. Rechargez la page et indiquez-les à nouveau.",
            field="barriers",
        )
    for theme, impact in barriers.items():
        steps.save(
            BarrierReading(
                beneficiary_id=interview.beneficiary_id,
                organisation_id=interview.organisation_id,
                interview=interview,
                theme=theme,
                impact=impact,
                read_on=timezone.localdate(interview.happened_at),
            )
        )
