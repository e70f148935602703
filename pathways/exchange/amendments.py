"""`avenants.csv`: the hours a week of a contract from one day on, known by the contract and that day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from backend.core.findings import Finding
from backend.exchange import cells, values
from backend.exchange.importing import memory
from backend.exchange.importing.context import Context
from backend.exchange.layout import Column, FileLayout
from backend.exchange.reading import Line
from pathways.exchange.rights import rights_of
from pathways.models import Contract, HoursAmendment
from pathways.selectors.facts.amendments import AmendmentsAround
from pathways.selectors.rule_book import read_book


def store_amendments(context: Context) -> None:
    """One line per avenant, in the order of the file."""
    context.in_chunks(AMENDMENTS, context.rows(AMENDMENTS), lambda chunk: _store(context, chunk))


def _store(context: Context, chunk: list[Line]) -> None:
    column = AMENDMENTS.column("contrat_id")
    contracts = {line.number: context.resolve(AMENDMENTS, line, column) for line in chunk}
    named = {pk for pk in contracts.values() if pk is not None}
    gone = memory.withdrawn(HoursAmendment, Contract, named)
    rows = HoursAmendment.objects.select_for_update().filter(contract_id__in=named)
    present = {(row.contract_id, row.starts_on): row for row in rows}
    around, rights = AmendmentsAround.of(named), rights_of(context)
    today, book = timezone.localdate(), context.once(read_book)
    wanted = {}
    for line in chunk:
        contract = contracts[line.number]
        if contract is None:
            continue
        key = contract, line["date_debut"]
        mark = next((each for each in gone.get(contract, ()) if each.was("date_debut", key[1])), None)
        if key not in present and context.stays_out(AMENDMENTS, line, mark):
            continue
        if want := context.wanted(AMENDMENTS, line):
            wanted[key] = want

    def right(row: HoursAmendment, key: Any, before: Mapping[str, Any]) -> Iterable[Finding]:
        return rights.amendment(key[0])

    def check(row: HoursAmendment, key: Any) -> Iterable[Finding]:
        found = around.findings(row, today=today, book=book)
        if not any(finding.is_contradiction for finding in found):
            around.put(row)
        return found

    context.merge(
        AMENDMENTS,
        HoursAmendment,
        wanted,
        {key: present[key] for key in wanted.keys() & present.keys()},
        lambda key: {"contract_id": key[0], "starts_on": key[1]},
        right=right,
        check=check,
    ).save()


def _rows() -> QuerySet[HoursAmendment]:
    return HoursAmendment.objects.order_by("pk")


AMENDMENTS: FileLayout = FileLayout(
    "avenants.csv",
    "Les avenants qui changent les heures d’un contrat, à partir d’un jour.",
    (
        Column(
            "contrat_id", cells.ID, "l’identifiant du contrat dans « contrats »", write=attrgetter("contract_id"),
            is_compulsory=True, refers_to=Contract, label="Numéro du contrat changé",
        ),
        Column(
            "date_debut", values.day, cells.DAY, write=attrgetter("starts_on"), is_compulsory=True,
            label="Premier jour de l’avenant", judged_as="starts_on", tells="starts_on",
        ),
        Column(
            "heures_hebdo", values.number(0, 48), "heures par semaine dès ce jour, de 0 à 48", "weekly_hours",
            is_compulsory=True, label="Heures par semaine de l’avenant",
        ),
    ),
    subject="l’avenant",
    key=("contrat_id", "date_debut"),
    rows=_rows,
    points_to=("contrats.csv",),
    store=store_amendments,
    holds=HoursAmendment,
    placed_by="contract__stay__organisation",
)  # fmt: skip
