"""Contracts whose end comes and that nothing follows yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from backend.alerts.registry import Alert
from backend.core.access import People
from backend.core.actor import Actor
from backend.core.pages.addresses import Gesture
from backend.core.tables.among import among
from backend.core.values.dates import french_date
from pathways.alerts.parts import alert_about
from pathways.enums import ContractKind
from pathways.models import Contract
from pathways.rules.contracts.durations import total_length
from pathways.rules.dated.rows import CDDI_CEILING
from pathways.selectors.following.presence import present
from pathways.selectors.rule_book import read_book

CONTRACT_AHEAD_DAYS = 45


def contracts_ending(actor: Actor, today: date, people: People = None) -> Iterator[Alert]:
    """Contracts whose planned end comes soon and that nothing follows yet; three queries."""
    later = Contract.objects.filter(stay=OuterRef("stay"), started_on__gt=OuterRef("started_on")).filter(
        Q(planned_end_on__isnull=True) | Q(planned_end_on__gt=OuterRef("planned_end_on"))
    )
    horizon = today + timedelta(days=CONTRACT_AHEAD_DAYS)
    ending = Contract.objects.filter(
        ~Exists(later),
        stay__in=present(actor, today, people).stay_ids,
        ended_on__isnull=True,
        planned_end_on__range=(today, horizon),
    )
    contracts = list(ending.select_related("stay__beneficiary"))
    done, book = _cddi_months(contracts), read_book()
    for contract in contracts:
        end = contract.planned_end_on or horizon
        months = done.get(contract.pk)
        progress = (
            f", {months} mois sur {book.whole(CDDI_CEILING, on=end)} à cette date"
            if months is not None
            else ""
        )
        yield alert_about(
            contract.stay.beneficiary,
            f"contract_ending:{contract.pk}",
            "Contrat qui se termine",
            f"{_kind_words(contract.kind)} : fin le {french_date(end)}{progress}.",
            due_on=end,
            action="Préparer la suite",
            target=contract,
            gesture=Gesture.PROLONG,
        )


def _cddi_months(contracts: list[Contract]) -> dict[int, int]:
    """Whole months of CDDI done in the structure once each of these contracts is over."""
    ending = {contract.pk: contract for contract in contracts if contract.kind == ContractKind.CDDI}
    people = {contract.stay.beneficiary_id for contract in ending.values()}
    periods: dict[tuple[int, int], list[tuple[date, date]]] = defaultdict(list)
    if not people:
        return {}
    chain = Contract.objects.filter(stay__beneficiary_id__in=among(people), kind=ContractKind.CDDI)
    # Rows, not objects: only the days of each chain are read.
    rows = chain.values_list(
        "stay__beneficiary_id", "stay__organisation_id", "started_on", "ended_on", "planned_end_on"
    )
    for person, structure, start, ended_on, planned_end_on in rows:
        if (last := ended_on or planned_end_on) is not None:
            periods[person, structure].append((start, last))
    return {
        pk: total_length(periods[contract.stay.beneficiary_id, contract.stay.organisation_id]).months
        for pk, contract in ending.items()
    }


def _kind_words(kind: str) -> str:
    """« CDDI » is what the field says of it; other kinds keep their label."""
    return "CDDI" if kind == ContractKind.CDDI else ContractKind(kind).label
