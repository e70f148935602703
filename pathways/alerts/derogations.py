"""Derogations that end, and requests nobody answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from backend.alerts.registry import Alert
from backend.core.access import People
from backend.core.actor import Actor
from backend.core.values.dates import french_date
from pathways.alerts.parts import alert_about
from pathways.enums import DerogationMotive, RequestStatus
from pathways.models import Derogation, IaePass
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
    places, rows = here.places, list(ending.select_related("beneficiary"))
    served = _already_served(actor, [row for row in rows if row.motive == DerogationMotive.NEW_PASS])
    for row in rows:
        if (row.beneficiary_id, row.organisation_id) in places and row.pk not in served:
            yield alert_about(
                row.beneficiary,
                f"derogation_ending:{row.pk}",
                "Dérogation qui se termine",
                f"La dérogation s’arrête le {french_date(row.ends_on or today)}. Une autre se demande avant.",
                due_on=row.ends_on or today,
                action="Voir les dérogations",
                target=row,
            )


def _already_served(actor: Actor, agreed: list[Derogation]) -> set[int]:
    """Agreements to a new PASS whose PASS began: nothing is left to ask. One query, none without any."""
    if not agreed:
        return set()
    passes = IaePass.objects.visible_to(actor).filter(
        beneficiary_id__in=[row.beneficiary_id for row in agreed]
    )
    starts = list(passes.values_list("beneficiary_id", "starts_on"))
    return {
        row.pk
        for row in agreed
        for person, start in starts
        if person == row.beneficiary_id
        and row.starts_on <= start
        and (row.ends_on is None or start <= row.ends_on)
    }
