"""Whether the hours of a month are possible: inside their contract, inside the day, inside the week."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from backend.core.findings import Finding
from backend.core.values.dates import day_after, days_inclusive, month_end
from backend.core.values.numbers import decimal_in_words
from pathways.enums import ClientKind
from pathways.rules.contracts.durations import Period, merge
from pathways.rules.dated.book import RuleBook
from pathways.rules.dated.rows import LONGEST_WEEK

HOURS_IN_A_DAY = 24


def month_findings(
    *, month: date, contract_started_on: date, contract_ended_on: date | None, today: date
) -> Iterator[Finding]:
    """A month outside the contract, or that has not begun: nothing can have been worked."""
    if month_end(month) < contract_started_on or (contract_ended_on and month > contract_ended_on):
        yield Finding(
            "month_outside_contract",
            "Ce mois est en dehors du contrat.",
            way_out="Choisissez un mois travaillé sous ce contrat.",
            field="month",
            is_contradiction=True,
        )
    if month > today:
        yield Finding(
            "month_to_come",
            "Ce mois n’a pas commencé.",
            way_out="Les heures s’enregistrent une fois faites.",
            field="month",
            is_contradiction=True,
        )


def month_hours_findings(
    *, month: date, hours: Decimal, before: Decimal, contracts: Iterable[Period], book: RuleBook
) -> Iterator[Finding]:
    """The person's hours of the month, all contracts together, against the days they were under contract.

    `before` is what they were until now: fewer hours are always accepted.
    """
    if hours <= before:
        return
    days = days_in_month(month, contracts)
    if hours > HOURS_IN_A_DAY * days:
        yield Finding(
            "more_than_a_day",
            f"Ces heures dépassent {HOURS_IN_A_DAY} heures par jour de contrat dans le mois, tous contrats réunis.",
            way_out="Vérifiez le nombre d’heures et le mois.",
            field="hours",
            is_contradiction=True,
        )
        return
    week, weeks = book.hours(LONGEST_WEEK, on=month), -(-days // 7)
    if hours > week * weeks:
        yield Finding(
            "more_than_a_week",
            f"Ces heures dépassent {decimal_in_words(week, 2)} heures par semaine, tous contrats réunis.",
            book.basis(LONGEST_WEEK, on=month),
            way_out="Vérifiez le nombre d’heures.",
            field="hours",
            refuses=False,
        )


def told_twice_findings(*, kind: str, hours: Decimal, known: Mapping[str, Decimal]) -> Iterator[Finding]:
    """Hours said for a kind of client beside a figure that has none, or the reverse: maybe the same ones twice.

    `known` is the month under this contract until now, by kind of client; what is already there may be corrected.
    """
    if hours <= 0 or known.get(kind):
        return
    others = {each: figure for each, figure in known.items() if figure and bool(each) != bool(kind)}
    if others:
        told = ", ".join(
            f"{decimal_in_words(figure, 2)} h {ClientKind(each).label.lower() if each else 'sans type de client'}"
            for each, figure in others.items()
        )
        yield Finding(
            "hours_told_twice",
            f"Ce mois porte déjà {told} : les mêmes heures seraient peut-être comptées deux fois.",
            way_out="Mettez d’abord ce chiffre à ce qu’il doit être, 0 s’il n’a plus lieu d’être.",
            field="hours",
        )


def days_in_month(month: date, contracts: Iterable[Period]) -> int:
    """Days of the month under some contract, each counted once."""
    end = month_end(month)
    inside = [(max(start, month), min(last, end)) for start, last in contracts]
    return sum(days_inclusive(*run) for run in merge(run for run in inside if run[0] <= run[1]))


def days_without_end(start: date, end: date | None, month: date) -> Period:
    """The days of a contract; without a known end it runs past the month."""
    return start, end or max(start, day_after(month_end(month)))
