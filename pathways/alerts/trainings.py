"""Trainings that end soon, and those over of which nobody said how they ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from backend.alerts.registry import Alert
from backend.core.access import People
from backend.core.actor import Actor
from backend.core.pages.addresses import Gesture
from backend.core.values.dates import days_in_words, french_date
from pathways.alerts.parts import alert_about
from pathways.models import Training
from pathways.selectors.following.person import of_each, trainings_of
from pathways.selectors.following.presence import present
from pathways.selectors.outside.training_facts import to_tell

TRAINING_AHEAD_DAYS = 14
OUTCOME_EXPECTED_DAYS = 180
"""How long the end of a training is asked for: results come weeks after the last day. Our choice."""


def trainings_ending(actor: Actor, today: date, people: People = None) -> Iterator[Alert]:
    """Trainings that end within two weeks, and those whose end is still to tell; two queries."""
    found = _of_the_present(actor, today, people)
    over = to_tell(found, today)
    for row in found:
        left = (row.last_day - today).days
        if row in over:
            yield alert_about(
                row.beneficiary,
                f"training_to_tell:{row.pk}",
                "Dire comment la formation s’est terminée",
                f"Formation « {row.title} », terminée le {french_date(row.last_day)}.",
                due_on=row.last_day,
                action="Dire comment elle s’est terminée",
                target=row,
                gesture=Gesture.COMPLETE,
            )
        elif left <= TRAINING_AHEAD_DAYS:
            when = f"dans {days_in_words(left)}" if left else "aujourd’hui"
            yield alert_about(
                row.beneficiary,
                f"training_ending:{row.pk}",
                f"La formation finit {when}",
                f"Formation « {row.title} » : dernier jour le {french_date(row.last_day)}. Préparez la suite avec la personne.",
                due_on=row.last_day,
                action="Voir la formation",
                target=row,
                gesture=Gesture.OPEN,
            )


def _of_the_present(actor: Actor, today: date, people: People) -> list[Training]:
    """Trainings begun and not told, of people present, whose end is to come or not too old to be asked for."""
    here, since = present(actor, today, people), today - timedelta(days=OUTCOME_EXPECTED_DAYS)
    if people is None:
        rows = Training.objects.visible_to(actor).standing().filter(beneficiary_id__in=here.people)
        begun = rows.filter(outcome="", started_on__lte=today, planned_end_on__gte=since)
        return list(begun.select_related("beneficiary"))
    theirs = of_each(trainings_of, actor, {stay.beneficiary_id for stay in here.stays})
    return [
        row for row in theirs if not row.outcome and row.started_on <= today and row.planned_end_on >= since
    ]
