"""The contracts that a derogation held up: what the law says of them once it no longer does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from backend.core.findings import Finding, brought_by_a_change
from pathways.models import Contract, Derogation
from pathways.rules.contracts.findings import contract_findings
from pathways.selectors.facts.contracts import facts_of
from pathways.selectors.rule_book import read_book

Verdicts = Mapping[int, list[Finding]]


def verdicts_around(row: Derogation, *, today: date) -> Verdicts:
    """What the rules say today of each contract of the person in the structure of this decision."""
    book = read_book()
    return {
        each.pk: list(contract_findings(facts_of(each, today=today), book=book))
        for each in _contracts_of(row)
    }


def left_bare(row: Derogation, before: Verdicts, *, today: date) -> list[Finding]:
    """What is now said of these contracts and was not before: kept as they are, and to be settled by somebody."""
    after = verdicts_around(row, today=today)
    return [
        replace(
            found,
            sentence=f"Le contrat {each.days_in_words} reste enregistré sans cette décision. {found.sentence}",
            refuses=False,
        )
        for each in _contracts_of(row)
        for found in brought_by_a_change(before.get(each.pk, ()), after[each.pk])
    ]


def _contracts_of(row: Derogation) -> list[Contract]:
    rows = Contract.objects.filter(
        stay__beneficiary_id=row.beneficiary_id, stay__organisation_id=row.organisation_id
    )
    return list(rows.select_related("stay__organisation", "stay__beneficiary", "initial"))
