"""People nobody met for longer than their structure's rhythm."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backend.alerts.registry import Alert
from backend.core.access import People
from backend.core.actor import ADVISING, Actor
from backend.core.pages.addresses import Gesture
from backend.core.values.dates import days_in_words, french_date
from pathways.alerts.parts import alert_about
from pathways.selectors.caseload import rhythms_of


def people_without_news(actor: Actor, today: date, people: People = None) -> Iterator[Alert]:
    """People not met for longer than their structure's rhythm, or never; two queries."""
    if actor.role not in ADVISING:
        return
    late = [row for row in rhythms_of(actor, today, people=people) if row.is_late]
    for row in late:
        person = row.stay.person
        if row.last_on is None:
            message = f"Aucun entretien depuis l’entrée, le {french_date(row.stay.started_on)}."
        else:
            days = (today - row.last_on).days
            message = f"Dernier entretien il y a {days_in_words(days)}, le {french_date(row.last_on)}."
        yield alert_about(
            person,
            f"no_news:{person.pk}",
            "Sans nouvelles",
            message,
            due_on=row.due_on or today,
            action="Noter un suivi",
            gesture=Gesture.NOTE,
        )
