"""What waits for one actor today, read once per request by the menu and by the page."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from django.utils import timezone

from backend.alerts.registry import Alert, alerts_of_the_day
from backend.core.actor import Actor
from backend.web.requests import ActorRequest


class Day:
    """One actor's day; read the first time somebody asks for it."""

    def __init__(self, actor: Actor, today: date) -> None:
        self.actor, self.today = actor, today

    @cached_property
    def alerts(self) -> list[Alert]:
        """What is late or ends soon, most urgent first."""
        return alerts_of_the_day(self.actor, self.today)

    def alerts_about(self, person: int) -> list[Alert]:
        """The same alerts, of one person: nobody else is read."""
        return alerts_of_the_day(self.actor, self.today, person=person)


def day_of(request: ActorRequest) -> Day:
    """The day of the request's actor."""
    day = getattr(request, "passerelles_day", None)
    if day is None:
        day = request.passerelles_day = Day(request.actor, timezone.localdate())
    return day
