"""Exits without motive, and stays ended without exit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backend.alerts.registry import Alert
from backend.core.access import People, about
from backend.core.actor import ADVISING, Actor
from backend.core.pages.addresses import Gesture
from backend.core.values.dates import french_date
from pathways.alerts.parts import alert_about
from pathways.models import Exit, Stay


def exits_to_complete(actor: Actor, today: date, people: People = None) -> Iterator[Alert]:
    """Exits without motive, and stays ended without exit; each weighs on the statistics. Two queries."""
    if actor.role not in ADVISING:
        return
    exits = about(Exit.objects.covered_by(actor), people, "stay__beneficiary").filter(
        motive="", occurred_on__lte=today
    )
    for exit_ in exits.select_related("stay__beneficiary"):
        yield alert_about(
            exit_.stay.beneficiary,
            f"exit_motive:{exit_.pk}",
            "Motif de sortie à compléter",
            f"Sortie le {french_date(exit_.occurred_on)}, sans motif : elle rend le taux incertain.",
            due_on=exit_.occurred_on,
            action="Compléter la sortie",
            target=exit_,
            gesture=Gesture.COMPLETE,
        )
    stays = about(Stay.objects.covered_by(actor), people).filter(ended_on__lte=today, exit__isnull=True)
    for stay in stays.select_related("beneficiary"):
        ended_on = stay.ended_on or today
        yield alert_about(
            stay.beneficiary,
            f"exit_missing:{stay.pk}",
            "Sortie à enregistrer",
            f"Passage terminé le {french_date(ended_on)}, sans sortie enregistrée.",
            due_on=ended_on,
            action="Enregistrer la sortie",
            target=stay,
            gesture=Gesture.CLOSE,
        )
