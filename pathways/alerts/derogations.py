"""Derogations that end, and requests nobody answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from backend.alerts.registry import Alert
from backend.core.access import People
from backend.core.actor import Actor
from backend.core.values.dates import french_date
from pathways.alerts.parts import alert_about
from pathways.enums import RequestStatus
from pathways.models import Derogation
from pathways.selectors.following.presence import present

DEROGATION_AHEAD_DAYS = 60


def derogations_ending(actor: Actor, today: date, people: People = None) -> Iterator[Alert]:
    """Derogations granted that end soon, in the structure where the person still is."""
    here = present(actor, today, people)
    ending = (
        Derogation.objects.visible_to(actor)
        .standing()
        .filter(
            beneficiary_id__in=here.people,
            status=RequestStatus.GRANTED,
            ends_on__range=(today, today + timedelta(days=DEROGATION_AHEAD_DAYS)),
        )
    )
    places = here.places
    for row in ending.select_related("beneficiary"):
        if (row.beneficiary_id, row.organisation_id) in places:
            yield alert_about(
                row.beneficiary,
                f"derogation_ending:{row.pk}",
                "Dérogation qui se termine",
                f"La dérogation s’arrête le {french_date(row.ends_on or today)}. Une autre se demande avant.",
                due_on=row.ends_on or today,
                action="Voir les dérogations",
                target=row,
            )
