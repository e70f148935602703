"""What waits for one actor today, read once per request by the menu and by the page."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from django.utils import timezone

from backend.alerts.bands import ColleagueTotals, people_waiting, totals_of
from backend.alerts.registry import Alerts, alerts_of_the_day, by_colleague
from backend.core.actor import FOLLOWS_OWN_PEOPLE, Actor
from backend.web.requests import ActorRequest

TEAM_FROM = 40
"""People waiting above which a page that answers for a whole structure counts them by colleague."""


class Day:
    """One actor's day; read the first time somebody asks for it."""

    def __init__(self, actor: Actor, today: date) -> None:
        self.actor, self.today = actor, today

    @cached_property
    def alerts(self) -> Alerts:
        """What is late or ends soon, most urgent first."""
        return alerts_of_the_day(self.actor, self.today)

    @cached_property
    def team(self) -> list[ColleagueTotals]:
        """Totals for each colleague, for who answers for many people whom others follow; else nothing.

        Nobody reads forty names before ten o’clock: whoever leads a large team opens one colleague’s list.
        """
        if self.actor.role in FOLLOWS_OWN_PEOPLE or people_waiting(self.alerts, self.today) <= TEAM_FROM:
            return []
        lines = totals_of(by_colleague(self.actor, self.today, self.alerts), self.today)
        return lines if len(lines) > 1 else []

    def alerts_about(self, person: int) -> Alerts:
        """The same alerts, of one person: nobody else is read."""
        return alerts_of_the_day(self.actor, self.today, person=person)


def day_of(request: ActorRequest) -> Day:
    """The day of the request's actor."""
    day = getattr(request, "passerelles_day", None)
    if day is None:
        day = request.passerelles_day = Day(request.actor, timezone.localdate())
    return day
