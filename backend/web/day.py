"""What one actor has to see today, read once per request by the menu and by the page."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import cached_property

from django.utils import timezone

from backend.alerts.registry import Alert, alerts_for
from backend.core.actor import Actor
from backend.web.counts import counted
from backend.web.requests import ActorRequest
from pathways.models import Appointment
from pathways.selectors import appointments_on, between_steps, caseload_summary, next_appointments
from pathways.selectors.caseload import BetweenRow, CaseloadSummary

SHOWN_BETWEEN = 5
SHOWN_BY_KIND = 10
"""Alerts of one kind that the morning page shows at once: nobody settles forty contracts before ten o’clock."""
BETWEEN = "between_steps"


class Day:
    """One actor's day; each part is read the first time somebody asks for it."""

    def __init__(self, actor: Actor, today: date) -> None:
        self.actor, self.today = actor, today

    @cached_property
    def alerts(self) -> list[Alert]:
        """What is late or ends soon, most urgent first; « Entre deux » has its own card."""
        return [alert for alert in alerts_for(self.actor, self.today) if alert.kind != BETWEEN]

    @property
    def alerts_first(self) -> list[Alert]:
        """The most urgent of each kind."""
        seen: Counter[str] = Counter()
        first = []
        for alert in self.alerts:
            seen[alert.kind] += 1
            if seen[alert.kind] <= SHOWN_BY_KIND:
                first.append(alert)
        return first

    @cached_property
    def appointments(self) -> list[Appointment]:
        """Today's meetings, in order."""
        return appointments_on(self.actor, self.today)

    @cached_property
    def coming(self) -> list[Appointment]:
        """The next meetings after today: what an empty day shows."""
        evening = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        return next_appointments(self.actor, after=evening)

    @cached_property
    def between(self) -> list[BetweenRow]:
        """People without contract today, longest wait first."""
        return between_steps(self.actor, self.today)

    @property
    def between_first(self) -> list[BetweenRow]:
        """The few the morning page shows."""
        return self.between[:SHOWN_BETWEEN]

    @property
    def more_between(self) -> bool:
        """Whether the morning page leaves some of them out."""
        return len(self.between) > SHOWN_BETWEEN

    @cached_property
    def caseload(self) -> CaseloadSummary:
        """The caseload in figures."""
        return caseload_summary(self.actor, self.today)

    @property
    def waiting(self) -> int:
        """How many things the menu announces."""
        return counted(self.actor, "day", self.today, lambda: len(self.alerts) + len(self.appointments))

    @property
    def waiting_between(self) -> int:
        """How many people the menu announces between two steps."""
        return counted(self.actor, "between", self.today, lambda: len(self.between))


def day_of(request: ActorRequest) -> Day:
    """The day of the request's actor."""
    day = getattr(request, "passerelles_day", None)
    if day is None:
        day = request.passerelles_day = Day(request.actor, timezone.localdate())
    return day
