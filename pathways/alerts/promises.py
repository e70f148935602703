"""Actions whose day has passed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backend.alerts.registry import Alert
from backend.core.access import People, about
from backend.core.actor import ADVISING, Actor
from backend.core.pages.addresses import Gesture
from backend.core.values.dates import french_date
from pathways.alerts.parts import alert_about
from pathways.models import Action
from pathways.rules.transitions import STILL_OPEN
from pathways.selectors.following.answering import answered_by


def actions_overdue(actor: Actor, today: date, people: People = None) -> Iterator[Alert]:
    """Actions past their day: an advisor's own and those nobody can follow, a structure's for its manager."""
    if actor.role not in ADVISING:
        return
    late = about(Action.objects.visible_to(actor), people).filter(status__in=STILL_OPEN, due_on__lt=today)
    late = answered_by(
        actor, late, named="assignee_id", person="beneficiary_id", structure="organisation_id", on=today
    )
    for action in late.select_related("beneficiary"):
        due_on = action.due_on or today
        yield alert_about(
            action.beneficiary,
            f"action_overdue:{action.pk}",
            "Action en retard",
            f"« {action.label} » était prévue pour le {french_date(due_on)}.",
            due_on=due_on,
            action="Dire où elle en est",
            target=action,
            gesture=Gesture.SETTLE,
        )
