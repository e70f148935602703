"""What the rules need to know of a contract and of a PASS, read from the database or put together by an import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Max, Sum
from django.db.models.functions import Coalesce, Least

from backend.core.findings import Finding
from pathways.models import Contract, IaePass, MonthlyHours
from pathways.rules.contracts.facts import ContractFacts, Spell
from pathways.rules.contracts.findings import hours_findings
from pathways.rules.derogations import Derogation
from pathways.selectors.rights import derogations_of


def facts_of(contract: Contract, *, today: date) -> ContractFacts:
    """The contract as the rules see it, saved or not: its chain, the others of its kind there, the PASS, the derogations; three queries."""
    stay = contract.stay
    person = stay.beneficiary_id
    return facts_beside(
        contract,
        [each for each in _same_kind_in_structure(contract) if each.pk != contract.pk],
        chain_of=lambda each: each.chain_id,
        renewed=contract.initial,
        structure_kind=stay.organisation.kind,
        pass_ends_on=last_pass_ends([person]).get(person),
        today=today,
        stay_days=(stay.started_on, stay.ended_on),
        born_on=stay.beneficiary.birth_date,
        derogations=derogations_of([person])[person, stay.organisation_id],
    )


def facts_beside(
    contract: Contract,
    others: Iterable[Contract],
    *,
    chain_of: Callable[[Contract], Hashable],
    renewed: Contract | None,
    structure_kind: str,
    pass_ends_on: date | None,
    today: date,
    stay_days: tuple[date | None, date | None] = (None, None),
    born_on: date | None = None,
    left_on: date | None = None,
    worked: Iterable[tuple[date, Decimal]] = (),
    derogations: Iterable[Derogation] = (),
) -> ContractFacts:
    """The contract beside the others of the person in the structure, without any query.

    `chain_of` tells which chain a contract belongs to, `renewed` the first one of its own; `stay_days` are left out
    where the stay follows from the contracts themselves.
    """
    same = sorted(
        (each for each in others if each.kind == contract.kind),
        key=lambda each: (each.started_on, each.pk or 0),
    )
    own = chain_of(contract) if renewed else None
    chain = [each for each in same if renewed and chain_of(each) == own]
    return ContractFacts(
        structure_kind=structure_kind,
        kind=contract.kind,
        started_on=contract.started_on,
        today=today,
        planned_end_on=contract.planned_end_on,
        ended_on=contract.ended_on,
        weekly_hours=contract.weekly_hours,
        chain=_spells(chain),
        others=_spells(each for each in same if each not in chain),
        renewed_kind=renewed.kind if renewed else "",
        stay_started_on=stay_days[0],
        stay_ended_on=stay_days[1],
        pass_ends_on=pass_ends_on,
        born_on=born_on,
        left_on=left_on,
        worked=tuple(worked),
        derogations=tuple(derogations),
    )


def hours_of(contracts: Collection[int]) -> dict[int, list[tuple[date, Decimal]]]:
    """The hours known under each of these contracts, by month, all kinds of clients together; one query."""
    found: dict[int, list[tuple[date, Decimal]]] = defaultdict(list)
    rows = MonthlyHours.objects.filter(contract_id__in=contracts, hours__gt=0).values_list(
        "contract_id", "month"
    )
    for contract_id, month, hours in rows.annotate(worked=Sum("hours")).order_by("contract_id", "month"):
        found[contract_id].append((month, hours))
    return found


def shortened_findings(contract: Contract, *, on: date) -> list[Finding]:
    """What the hours already known say of a contract that would end that day."""
    facts = ContractFacts(
        structure_kind="",
        kind=contract.kind,
        started_on=contract.started_on,
        today=on,
        ended_on=on,
        worked=tuple(hours_of([contract.pk])[contract.pk]),
    )
    return list(hours_findings(facts))


def last_pass_ends(people: Collection[int]) -> dict[int, date]:
    """The last day of the last PASS of each of these people who has one, closed or run to its end; one query."""
    rows = IaePass.objects.filter(beneficiary_id__in=people).values_list("beneficiary_id")
    last_day = Least("ends_on", Coalesce("closed_on", "ends_on"))
    return dict(rows.annotate(last=Max(last_day)).order_by())


def _spells(contracts: Iterable[Contract]) -> tuple[Spell, ...]:
    """The same contracts as plain values, oldest first."""
    return tuple(
        Spell(each.started_on, each.last_day, each.weekly_hours, each.planned_end_on) for each in contracts
    )


def _same_kind_in_structure(contract: Contract) -> list[Contract]:
    """Every contract of this kind the person had in this structure, over all their stays there."""
    stay = contract.stay
    found = Contract.objects.filter(
        stay__beneficiary_id=stay.beneficiary_id,
        stay__organisation_id=stay.organisation_id,
        kind=contract.kind,
    )
    return list(found)
