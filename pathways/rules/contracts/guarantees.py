"""Hours guaranteed over a whole contract, whatever the clients: the « CDDU amélioré » of associations intermédiaires.

No text of its own: a contrat d’usage (L1242-2, 3°, L5132-7) of a few months that promises a volume of hours, each client
having its own order. The Coorace proposes it since 2010.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from backend.core.findings import Confidence, Finding
from backend.core.values.dates import days_inclusive
from backend.core.values.numbers import decimal_in_words
from pathways.rules.contracts.facts import ContractFacts
from pathways.rules.dated.book import RuleBook
from pathways.rules.dated.rows import LONGEST_WEEK

BASIS = "Code du travail, art. L1242-2 et L5132-7 ; pratique des associations intermédiaires"
WEEK = 7


def guarantee_findings(contract: ContractFacts, *, book: RuleBook) -> Iterator[Finding]:
    """What is wrong with the hours a contract guarantees; nothing of one that guarantees none."""
    hours, end = contract.guaranteed_hours, contract.last_day
    if hours is None:
        return
    if end is None:
        yield Finding(
            "guarantee_without_end",
            "Des heures sont garanties sur une durée, et ce contrat n’a pas de fin prévue.",
            BASIS,
            Confidence.PROBABLE,
            way_out="Indiquez-la.",
            field="planned_end_on",
        )
    else:
        most = book.hours(LONGEST_WEEK, on=contract.started_on)
        if weekly_of(hours, contract.started_on, end) > most:
            yield Finding(
                "guarantee_too_large",
                f"Ce contrat garantirait plus de {decimal_in_words(most, 2)} heures par semaine.",
                BASIS,
                Confidence.PROBABLE,
                way_out="Vérifiez les heures garanties et les dates.",
                field="guaranteed_hours",
            )


def weekly_of(hours: Decimal, start: date, end: date) -> Decimal:
    """Hours a week that a volume guaranteed over these days makes, both included."""
    return hours * WEEK / max(days_inclusive(start, end), WEEK)
