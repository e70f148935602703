"""What the rules need to know of a contract and of a PASS, read from the database or put together by an import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from django.db.models import Sum
from django.db.models.functions import Coalesce, Least

from backend.core.findings import Finding
from backend.organisations.models import Convention
from pathways.enums import ContractKind
from pathways.models import Contract, HoursAmendment, IaePass, MonthlyHours
from pathways.rules.contracts.facts import ContractFacts, Posts, Spell, pathway_start
from pathways.rules.contracts.findings import hours_findings
from pathways.rules.contracts.stretches import Amendment, Stretch, hours_on, stretches
from pathways.rules.dated.rows import CDI_I_LIFTED, LEGAL_WEEK, YES
from pathways.rules.derogations import Derogation
from pathways.rules.eligibility.findings import Eligibility
from pathways.selectors.facts.eligibility import Known
from pathways.selectors.facts.rights import derogations_of
from pathways.selectors.rule_book import read_book

Amended = Mapping[int, tuple[Amendment, ...]]
"""The avenants of hours of some contracts, each oldest first."""


def facts_of(contract: Contract, *, today: date) -> ContractFacts:
    """The contract as the rules see it, saved or not: its chain, the others of its kind there, the PASS, the derogations, the right to enter; a constant number of queries."""
    stay = contract.stay
    person = stay.beneficiary_id
    others = [each for each in _in_structure(contract) if each.pk != contract.pk]
    return facts_beside(
        contract,
        others,
        amended=amendments_of([contract.pk, *(each.pk for each in others)]),
        chain_of=lambda each: each.chain_id,
        renewed=contract.initial,
        structure_kind=stay.organisation.kind,
        last_pass=last_passes([person]).get(person),
        today=today,
        stay_days=(stay.started_on, stay.ended_on),
        born_on=stay.beneficiary.birth_date,
        derogations=derogations_of([person])[person, stay.organisation_id],
        posts=posts_of(contract) if contract.kind == ContractKind.CDI_I else None,
        eligibility=Known.of([person]).at(person, stay.organisation_id, on=contract.started_on),
    )


def facts_beside(
    contract: Contract,
    others: Iterable[Contract],
    *,
    chain_of: Callable[[Contract], Hashable],
    renewed: Contract | None,
    structure_kind: str,
    last_pass: PassDays | None,
    today: date,
    stay_days: tuple[date | None, date | None] = (None, None),
    born_on: date | None = None,
    left_on: date | None = None,
    worked: Iterable[tuple[date, Decimal]] = (),
    derogations: Iterable[Derogation] = (),
    posts: Posts | None = None,
    eligibility: Eligibility | None = None,
    amended: Amended = MappingProxyType({}),
) -> ContractFacts:
    """The contract beside the others of the person in the structure, of every kind, without any query.

    `chain_of` tells which chain a contract belongs to, `renewed` the first one of its own; `stay_days` are left out
    where the stay follows from the contracts themselves; `amended` holds the avenants of all of them.
    """
    others = list(others)
    same = sorted(
        (each for each in others if each.kind == contract.kind),
        key=lambda each: (each.started_on, each.pk or 0),
    )
    beside = [each for each in others if each.kind != contract.kind]
    own = chain_of(contract) if renewed else None
    chain = [each for each in same if renewed and chain_of(each) == own]
    return ContractFacts(
        structure_kind=structure_kind,
        kind=contract.kind,
        started_on=contract.started_on,
        today=today,
        planned_end_on=contract.planned_end_on,
        ended_on=contract.ended_on,
        end_motive=contract.end_motive,
        weekly_hours=contract.weekly_hours,
        chain=_spells(chain, amended),
        others=_spells((each for each in same if each not in chain), amended),
        renewed_kind=renewed.kind if renewed else "",
        stay_started_on=stay_days[0],
        stay_ended_on=stay_days[1],
        pass_ends_on=last_pass.ends_on if last_pass else None,
        pass_starts_on=last_pass.starts_on if last_pass else None,
        beside=_spells(beside, amended),
        posts=posts,
        eligibility=eligibility,
        born_on=born_on,
        left_on=left_on,
        worked=tuple(worked),
        derogations=tuple(derogations),
        amendments=amended.get(contract.pk, ()),
        guaranteed_hours=contract.guaranteed_hours,
    )


def amendments_of(contracts: Iterable[int | None]) -> dict[int, tuple[Amendment, ...]]:
    """The avenants of hours of these contracts, oldest first; one query."""
    found: dict[int, tuple[Amendment, ...]] = defaultdict(tuple)
    saved = [pk for pk in contracts if pk is not None]
    rows = HoursAmendment.objects.filter(contract_id__in=saved).order_by("contract_id", "starts_on")
    for contract_id, starts_on, hours in rows.values_list("contract_id", "starts_on", "weekly_hours"):
        found[contract_id] += (Amendment(starts_on, hours),)
    return found


def stretches_of(contract: Contract, amended: Amended) -> list[Stretch]:
    """The days of a contract, cut where its avenants change its hours."""
    return stretches(
        contract.started_on, contract.last_day, contract.weekly_hours, amended.get(contract.pk, ())
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


class PassDays(NamedTuple):
    """The first and the last day of a PASS, closed or run to its end."""

    starts_on: date
    ends_on: date


def last_passes(people: Collection[int]) -> dict[int, PassDays]:
    """The days of the last PASS of each of these people who has one; one query."""
    rows = IaePass.objects.filter(beneficiary_id__in=people)
    last_day = Least("ends_on", Coalesce("closed_on", "ends_on"))
    found = rows.annotate(last=last_day).order_by("last", "starts_on", "pk")
    return {
        person: PassDays(start, end)
        for person, start, end in found.values_list("beneficiary_id", "starts_on", "last")
    }


def pathway_began(person: int, organisation_id: int, *, on: date) -> date:
    """When the pathway of a person began, as their structure knows it that day; two queries."""
    last = last_passes([person]).get(person)
    contracts = Contract.objects.filter(
        stay__beneficiary_id=person, stay__organisation_id=organisation_id, started_on__lte=on
    )
    return pathway_start(
        last.starts_on if last else None, contracts.values_list("started_on", flat=True), on=on
    )


def posts_of(contract: Contract) -> Posts | None:
    """The CDI inclusion others hold in the structure on its first day, and the posts agreed for that year; None without any."""
    day, where = contract.started_on, contract.stay.organisation_id
    year = Convention.objects.filter(organisation_id=where, year=day.year).first()
    if year is None or year.fte is None:
        return None
    book = read_book()
    week = book.hours(LEGAL_WEEK, on=day)
    running = Contract.objects.filter(
        stay__organisation_id=where, kind=ContractKind.CDI_I, started_on__lte=day
    ).exclude(ended_on__lt=day)
    others = list(running.exclude(pk=contract.pk))
    amended = amendments_of([each.pk for each in others])
    hours = [hours_on(day, stretches_of(each, amended)) for each in others]
    held = sum(((each if each is not None else week) / week for each in hours), Decimal(0))
    return Posts(held, year.fte, book.value(CDI_I_LIFTED, on=day, organisation_id=where) == YES)


def _spells(contracts: Iterable[Contract], amended: Amended) -> tuple[Spell, ...]:
    """The same contracts as plain values, oldest first."""
    return tuple(
        Spell(
            each.started_on,
            each.last_day,
            each.weekly_hours,
            each.planned_end_on,
            each.kind,
            amended.get(each.pk, ()),
        )
        for each in contracts
    )


def _in_structure(contract: Contract) -> list[Contract]:
    """Every contract the person had in this structure, over all their stays there."""
    stay = contract.stay
    found = Contract.objects.filter(
        stay__beneficiary_id=stay.beneficiary_id,
        stay__organisation_id=stay.organisation_id,
    )
    return list(found)
