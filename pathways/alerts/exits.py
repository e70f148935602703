"""Exits without motive, and stays ended without exit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from backend.alerts.registry import Alert
from backend.core.access import People, about
from backend.core.actor import ADVISING, Actor
from backend.core.pages.addresses import Gesture
from backend.core.values.dates import french_date
from pathways.alerts.parts import alert_about
from pathways.models import Exit, Stay
from pathways.selectors.steps import exit_of


def exits_to_complete(actor: Actor, today: date, people: People = None) -> Iterator[Alert]:
    """Exits without motive, and stays ended without exit; each weighs on the statistics. One query."""
    if actor.role not in ADVISING:
        return
    unsaid = Q(exit__motive="", exit__occurred_on__lte=today) | Q(ended_on__lte=today, exit__isnull=True)
    stays = about(Stay.objects.covered_by(actor), people).filter(unsaid)
    for stay in stays.select_related("beneficiary", "exit"):
        left = exit_of(stay)
        yield _to_record(stay, stay.ended_on or today) if left is None else _to_complete(stay, left)


def _to_complete(stay: Stay, left: Exit) -> Alert:
    return alert_about(
        stay.beneficiary,
        f"exit_motive:{left.pk}",
        "Motif de sortie à compléter",
        f"Sortie le {french_date(left.occurred_on)}, sans motif : elle rend le taux incertain.",
        due_on=left.occurred_on,
        action="Compléter la sortie",
        target=left,
        gesture=Gesture.COMPLETE,
    )


def _to_record(stay: Stay, ended_on: date) -> Alert:
    return alert_about(
        stay.beneficiary,
        f"exit_missing:{stay.pk}",
        "Sortie à enregistrer",
        f"Passage terminé le {french_date(ended_on)}, sans sortie enregistrée.",
        due_on=ended_on,
        action="Enregistrer la sortie",
        target=stay,
        gesture=Gesture.CLOSE,
    )
