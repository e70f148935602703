"""Whom we meet, and when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from backend.core.actor import Actor
from backend.core.findings import Finding
from backend.core.pages.once import once_per_page
from pathways.enums import AppointmentStatus
from pathways.models import Appointment
from pathways.querysets.thread import FollowUpQuerySet
from pathways.rules.follow_ups import Meeting, same_minute_findings
from pathways.selectors.following.answering import answered_by
from pathways.selectors.moves import with_moves


@once_per_page
def appointments_on(actor: Actor, day: date) -> list[Appointment]:
    """Appointments of that day in Paris time, with their person: an advisor's own, those of a
    manager's structure.

    Cancelled ones are left out; those already held stay, so that the day can be read back.
    """
    start = timezone.make_aware(datetime.combine(day, time.min))
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    found = Appointment.objects.visible_to(actor).filter(starts_at__gte=start, starts_at__lt=end)
    found = found.exclude(status=AppointmentStatus.CANCELLED).select_related("beneficiary", "advisor")
    return with_moves(list(_own(found, actor)))


def next_appointments(actor: Actor, *, after: datetime, limit: int = 3) -> list[Appointment]:
    """The next appointments still planned, soonest first: what an empty day shows."""
    found = Appointment.objects.visible_to(actor).filter(
        starts_at__gt=after, status=AppointmentStatus.PLANNED
    )
    return with_moves(list(_own(found.select_related("beneficiary", "advisor"), actor)[:limit]))


def remarks_on(actor: Actor, appointment: Appointment) -> list[Finding]:
    """What else is planned at its minute, for its adviser or for its person; nobody is named to who may not read them."""
    at = timezone.localtime(appointment.starts_at).replace(second=0, microsecond=0)
    same = Appointment.objects.filter(
        starts_at__gte=at, starts_at__lt=at + timedelta(minutes=1), status=AppointmentStatus.PLANNED
    ).exclude(pk=appointment.pk)
    both = Q(advisor=appointment.advisor_id) | Q(beneficiary=appointment.beneficiary_id)
    found = same.filter(both).select_related("beneficiary", "advisor").order_by("pk")
    read = set(found.visible_to(actor).values_list("pk", flat=True))
    return list(
        same_minute_findings(
            at, (each for row in found for each in _told(actor, appointment, row, row.pk in read))
        )
    )


def _told(actor: Actor, appointment: Appointment, row: Appointment, is_read: bool) -> Iterator[Meeting]:
    is_own = row.advisor_id == actor.user_id
    if row.advisor_id == appointment.advisor_id:
        whose, has = ("Vous", "avez") if is_own else (row.advisor.get_full_name(), "a")
        yield Meeting(whose, has, str(row.beneficiary) if is_read else "")
    elif is_read:
        yield Meeting(str(row.beneficiary), "a", "vous" if is_own else row.advisor.get_full_name())


def _own(found: FollowUpQuerySet, actor: Actor) -> FollowUpQuerySet:
    return answered_by(actor, found, named="advisor_id", person="beneficiary_id", structure="organisation_id")
