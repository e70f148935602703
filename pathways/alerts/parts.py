"""What every producer of this domain shares: an alert about a person, in words."""

from __future__ import annotations

from datetime import date

from django.db.models import Model

from backend.alerts.registry import Alert
from backend.core.pages.addresses import Gesture
from pathways.models import Beneficiary


def alert_about(
    person: Beneficiary,
    key: str,
    title: str,
    message: str,
    *,
    due_on: date,
    action: str,
    target: Model | None = None,
    gesture: Gesture = Gesture.OPEN,
) -> Alert:
    """One alert; its kind is the first word of its key, its target the person when nothing closer is."""
    return Alert(
        key=key,
        kind=key.split(":")[0],
        due_on=due_on,
        beneficiary_id=person.pk,
        title=title,
        message=message,
        action_label=action,
        target=target or person,
        gesture=gesture,
        who=str(person),
    )
