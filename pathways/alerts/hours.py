"""People lent to companies whose counter of hours comes near its ceiling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from backend.alerts.registry import Alert
from backend.core.access import People
from backend.core.actor import Actor
from backend.core.values.dates import NBSP
from backend.organisations.enums import StructureKind
from pathways.alerts.parts import alert_about, open_stays
from pathways.models import MonthlyHours, Stay
from pathways.rules.contracts import hours_480
from pathways.selectors.rule_book import read_book


def hours_near_480(actor: Actor, today: date, people: People = None) -> Iterator[Alert]:
    """People lent to companies whose counter reaches 400 hours; two queries."""
    stays = open_stays(actor, today, people).filter(organisation__kind=StructureKind.AI)
    hours = MonthlyHours.objects.filter(
        contract__stay__organisation__kind=StructureKind.AI,
        contract__stay__beneficiary_id__in=stays.values("beneficiary_id"),
        contract__stay__organisation_id__in=stays.values("organisation_id"),
    ).select_related("contract__stay__beneficiary")
    lines: dict[tuple[int, int], list[hours_480.HoursLine]] = defaultdict(list)
    lent: dict[tuple[int, int], Stay] = {}
    for row in hours:
        stay = row.contract.stay
        lent[stay.beneficiary_id, stay.organisation_id] = stay
        line = hours_480.HoursLine(row.month, row.hours, row.client_kind, row.contract.started_on)
        lines[stay.beneficiary_id, stay.organisation_id].append(line)
    book = read_book()
    for (person, structure), theirs in lines.items():
        count = hours_480.count_480(theirs, on=today, book=book)
        if count.level is hours_480.Level480.CALM:
            continue
        yield alert_about(
            lent[person, structure].beneficiary,
            f"hours_480:{person}:{structure}",
            f"Compteur des {count.ceiling.normalize():f} heures",
            f"{count.counted.normalize():f}{NBSP}heures en entreprise sur {count.ceiling.normalize():f} ; "
            f"il en reste {count.left.normalize():f}.",
            due_on=today,
            action="Voir les contrats",
            target=lent[person, structure],
        )
