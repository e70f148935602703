"""Ma journée: today's meetings, who is between two steps, the caseload."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from backend.panels.registry import Reader, day_page
from pathways.models import Appointment
from pathways.screens.between.counted import between_counted
from pathways.selectors import appointments_on, between_steps, caseload_summary, next_appointments

SHOWN_BETWEEN = 5


def appointments(reader: Reader) -> list[Appointment]:
    """Today's meetings, in order."""
    return appointments_on(reader.actor, reader.today)


@day_page.register(place="line", order=10)
class HowManyAppointments:
    """« 3 rendez-vous », in the line under the title."""

    template = "pathways/day/_appointments_counted.html"

    def load(self, reader: Reader) -> dict[str, Any]:
        """The count."""
        return {"count": len(reader.once(appointments))}


@day_page.register(place="actions", order=10)
class Gestures:
    """Welcome somebody, record a follow-up."""

    template = "pathways/day/_actions.html"

    def load(self, reader: Reader) -> dict[str, Any]:
        """Two links."""
        return {}


@day_page.register(place="main", order=10)
class Today:
    """Who comes today; on an empty day, who comes next."""

    template = "pathways/day/_today.html"

    def load(self, reader: Reader) -> dict[str, Any]:
        """Today's meetings, else the next ones."""
        found = reader.once(appointments)
        return {
            "appointments": found,
            "coming": [] if found else next_appointments(reader.actor, after=_evening(reader)),
        }


def _evening(reader: Reader) -> datetime:
    return timezone.make_aware(datetime.combine(reader.today + timedelta(days=1), time.min))


@day_page.register(place="side", order=10)
class BetweenTwo:
    """The longest waits between two steps."""

    template = "pathways/day/_between.html"

    def load(self, reader: Reader) -> dict[str, Any]:
        """The first few, and how many they are in all; in a large structure, how many, as the menu counts them."""
        if reader.team:
            count = between_counted(reader.actor, reader.today)
            return {"first": [], "count": count, "more": True}
        rows = between_steps(reader.actor, reader.today)
        return {"first": rows[:SHOWN_BETWEEN], "count": len(rows), "more": len(rows) > SHOWN_BETWEEN}


@day_page.register(place="side", order=20)
class Caseload:
    """How many people, and how many were seen in time."""

    template = "pathways/day/_caseload.html"

    def load(self, reader: Reader) -> dict[str, Any]:
        """The caseload in figures."""
        return {"caseload": caseload_summary(reader.actor, reader.today)}
