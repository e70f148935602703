"""What the rules need to know of a contract, of its hours and of a PASS, read from the database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Max, Sum

from pathways.models import Contract, IaePass, MonthlyHours
from pathways.rules.facts import ContractFacts, Spell
from pathways.rules.hours import days_without_end
from pathways.rules.hours_480 import HoursLine


def facts_of(contract: Contract, *, today: date, has_adjusted_sentence: bool = False) -> ContractFacts:
    """The contract as the rules see it, saved or not: its chain, the others of its kind there, the PASS; two queries."""
    stay = contract.stay
    others = [each for each in _same_kind_in_structure(contract) if each.pk != contract.pk]
    chain = [each for each in others if contract.initial_id and each.chain_id == contract.initial_id]
    return ContractFacts(
        structure_kind=stay.organisation.kind,
        kind=contract.kind,
        started_on=contract.started_on,
        today=today,
        planned_end_on=contract.planned_end_on,
        weekly_hours=contract.weekly_hours,
        chain=spells(chain),
        others=spells(each for each in others if each not in chain),
        renewed_kind=contract.initial.kind if contract.initial else "",
        stay_started_on=stay.started_on,
        stay_ended_on=stay.ended_on,
        pass_ends_on=IaePass.objects.filter(beneficiary_id=stay.beneficiary_id).aggregate(
            last=Max("ends_on")
        )["last"],
        has_adjusted_sentence=has_adjusted_sentence,
    )


def spells(contracts: Iterable[Contract]) -> tuple[Spell, ...]:
    """The same contracts as plain values, oldest first."""
    return tuple(Spell(each.started_on, each.last_day, each.weekly_hours) for each in contracts)


def company_lines(line: MonthlyHours) -> list[HoursLine]:
    """Every other line of hours of the person in this structure, for its counter of 480 hours."""
    stay = line.contract.stay
    rows = (
        MonthlyHours.objects.filter(
            contract__stay__beneficiary_id=stay.beneficiary_id,
            contract__stay__organisation_id=stay.organisation_id,
        )
        .exclude(pk=line.pk)
        .values_list("month", "hours", "client_kind", "contract__started_on")
    )
    return [HoursLine(*row) for row in rows]


def month_of(line: MonthlyHours) -> tuple[Decimal, list[tuple[date, date]]]:
    """Hours of the person's month without this line, and the days of all their contracts, whatever the structure."""
    person = line.contract.stay.beneficiary_id
    others = MonthlyHours.objects.filter(contract__stay__beneficiary_id=person, month=line.month).exclude(
        pk=line.pk
    )
    days = [
        days_without_end(each.started_on, each.last_day, line.month)
        for each in Contract.objects.filter(stay__beneficiary_id=person)
    ]
    return others.aggregate(total=Sum("hours"))["total"] or Decimal(0), days


def _same_kind_in_structure(contract: Contract) -> list[Contract]:
    """Every contract of this kind the person had in this structure, over all their stays there, oldest first."""
    stay = contract.stay
    found = Contract.objects.filter(
        stay__beneficiary_id=stay.beneficiary_id,
        stay__organisation_id=stay.organisation_id,
        kind=contract.kind,
    )
    return list(found.order_by("started_on", "pk"))
