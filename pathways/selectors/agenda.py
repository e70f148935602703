"""Whom we meet, and when."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from backend.core.actor import Actor
from backend.core.pages.once import once_per_page
from pathways.enums import AppointmentStatus
from pathways.models import Appointment
from pathways.querysets.thread import FollowUpQuerySet
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


def _own(found: FollowUpQuerySet, actor: Actor) -> FollowUpQuerySet:
    return answered_by(actor, found, named="advisor_id", person="beneficiary_id", structure="organisation_id")
