"""What people asked of their data and nobody answered; whose data are about to be erased."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from backend.alerts.registry import Alert
from backend.core.access import People, about
from backend.core.actor import ADVISING, WRITES_DECISIONS, Actor
from backend.core.values.dates import french_date
from pathways.alerts.parts import alert_about
from pathways.models import DataRequest, Retention
from pathways.selectors.following.person import data_requests_of, of_each

MOST_ANNOUNCED = 50
"""The soonest first; the others come as the days pass."""


def data_requests_waiting(actor: Actor, today: date, people: People = None) -> Iterator[Alert]:
    """Requests of people one accompanies, or that one's structure was asked; one query."""
    if actor.role not in ADVISING:
        return
    rows: Iterable[DataRequest] = (
        DataRequest.objects.visible_to(actor).waiting().select_related("beneficiary")
        if people is None
        else of_each(data_requests_of, actor, people)
    )
    for row in rows:
        if not row.is_waiting:
            continue
        yield alert_about(
            row.beneficiary,
            f"data_request:{row.pk}",
            "Demande sur ses données",
            f"{row.get_kind_display()} : une réponse est due avant le {french_date(row.due_on)}.",
            due_on=row.due_on,
            action="Voir la demande",
            target=row,
        )


def erasures_announced(actor: Actor, today: date, people: People = None) -> Iterator[Alert]:
    """People of one's structure whom nobody met for two years, for who may keep their data longer; one query."""
    if actor.role not in WRITES_DECISIONS:
        return
    rows = about(Retention.objects.visible_to(actor), people).filter(erases_on__isnull=False)
    for row in rows.select_related("beneficiary").order_by("erases_on", "pk")[:MOST_ANNOUNCED]:
        if row.erases_on is None:
            continue
        yield alert_about(
            row.beneficiary,
            f"erasure_announced:{row.pk}",
            "Données bientôt effacées",
            f"Plus aucun contact depuis longtemps : tout est effacé le {french_date(row.erases_on)}, sauf nouveau contact.",
            due_on=row.erases_on,
            action="Voir ce qui est gardé",
            target=row,
        )
