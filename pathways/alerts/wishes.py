"""People who obtain far less hours than they want, for months in a row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backend.alerts.registry import Alert
from backend.core.access import People
from backend.core.actor import Actor
from backend.core.pages.addresses import Gesture
from pathways.alerts.parts import alert_about
from pathways.rules.income.continuity import far_in_words
from pathways.selectors.continuity import far_among
from pathways.selectors.following.presence import present
from pathways.selectors.rule_book import read_book


def hours_far_from_wanted(actor: Actor, today: date, people: People = None) -> Iterator[Alert]:
    """One alert a person present, about the wish in force; the bound is a dated setting, said as such."""
    here = present(actor, today, people)
    if not here:
        return
    book = read_book()
    theirs = {stay.beneficiary_id for stay in here.stays}
    for wish, months in far_among(actor, theirs, today, one_by_one=people is not None):
        yield alert_about(
            wish.beneficiary,
            f"hours_far:{wish.pk}:{months[-1].month:%Y%m}",
            "Bien moins d’heures que souhaité",
            far_in_words(months, today=today, book=book),
            due_on=today,
            action="Voir ses heures",
            target=wish,
            gesture=Gesture.OPEN,
        )
