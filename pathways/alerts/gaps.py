"""People between two steps for whom nothing is planned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backend.alerts.registry import Alert
from backend.core.access import People
from backend.core.actor import ADVISING, Actor
from backend.core.values.dates import days_in_words
from pathways.alerts.parts import alert_about
from pathways.selectors.between import between_steps


def people_between_steps(actor: Actor, today: date, people: People = None) -> Iterator[Alert]:
    """People between two steps for whom nothing is planned; the queries of the selector."""
    if actor.role not in ADVISING:
        return
    for row in between_steps(actor, today, people=people):
        if row.next_step is None:
            yield alert_about(
                row.beneficiary,
                f"between_steps:{row.beneficiary.pk}",
                "Entre deux étapes",
                f"Aucune étape depuis {days_in_words(row.days)}, après {row.last_structure} ; rien n’est prévu.",
                due_on=row.since,
                action="Préparer la suite",
            )
