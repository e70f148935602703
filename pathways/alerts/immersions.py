"""Immersions that end soon, and those over of which the tutor or the person said nothing yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from backend.alerts.registry import Alert
from backend.core.access import People
from backend.core.actor import Actor
from backend.core.pages.addresses import Gesture
from backend.core.values.dates import days_in_words, french_date
from pathways.alerts.parts import alert_about
from pathways.models import Immersion
from pathways.selectors.following.person import immersions_of, of_each
from pathways.selectors.following.presence import present
from pathways.selectors.outside.immersion_facts import to_review

IMMERSION_AHEAD_DAYS = 7
REVIEW_EXPECTED_DAYS = 120
"""How long a missing word is asked for; beyond, nobody remembers. Our choice."""


def immersions_ending(actor: Actor, today: date, people: People = None) -> Iterator[Alert]:
    """Immersions that end within a week, and those whose « bilan » is still to write (D5135-6); two queries."""
    found = _of_the_present(actor, today, people)
    waiting, renewed = to_review(found, today), {row.renews_id for row in found}
    for row in found:
        left = (row.last_day - today).days
        if row in waiting:
            yield alert_about(
                row.beneficiary,
                f"immersion_to_review:{row.pk}",
                "Bilan d’immersion à écrire",
                f"Immersion chez {row.host_name}, terminée le {french_date(row.last_day)}.",
                due_on=row.last_day,
                action="Écrire le bilan",
                target=row,
                gesture=Gesture.COMPLETE,
            )
        elif 0 <= left <= IMMERSION_AHEAD_DAYS and row.pk not in renewed:
            when = f"dans {days_in_words(left)}" if left else "aujourd’hui"
            yield alert_about(
                row.beneficiary,
                f"immersion_ending:{row.pk}",
                "Immersion qui se termine",
                f"Immersion chez {row.host_name} : fin le {french_date(row.last_day)}, {when}. Le bilan se fait avec le tuteur et la personne.",
                due_on=row.last_day,
                action="Préparer le bilan",
                target=row,
                gesture=Gesture.COMPLETE,
            )


def _of_the_present(actor: Actor, today: date, people: People) -> list[Immersion]:
    """Immersions begun, of people present, whose end is to come or not too old to be told of."""
    here, since = present(actor, today, people), today - timedelta(days=REVIEW_EXPECTED_DAYS)
    if people is None:
        rows = Immersion.objects.visible_to(actor).standing().filter(beneficiary_id__in=here.people)
        begun = rows.filter(started_on__lte=today, planned_end_on__gte=since)
        return list(begun.select_related("beneficiary"))
    theirs = of_each(immersions_of, actor, {stay.beneficiary_id for stay in here.stays})
    return [row for row in theirs if row.started_on <= today and row.planned_end_on >= since]
