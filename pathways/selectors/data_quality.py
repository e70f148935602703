"""What is recorded and would be refused today: found again from the rows by the rules of the screens, stored nowhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby, islice

from backend.core.actor import Actor
from backend.core.findings import Finding
from backend.core.tables.batches import batches
from backend.core.values.text import alphabetical
from pathways.models import Beneficiary, Contract, Exit, IaePass, Immersion, Stay, Training
from pathways.querysets.thread import StayQuerySet
from pathways.rules.contracts.findings import contract_findings
from pathways.rules.dated.book import RuleBook
from pathways.rules.derogations import Derogation
from pathways.rules.exits import findings as exits
from pathways.rules.immersions import immersion_findings
from pathways.rules.passes.length import OtherPass, day_findings, number_findings, pass_findings
from pathways.rules.stays import entry_findings
from pathways.rules.trainings import training_findings
from pathways.selectors.facts.contracts import PassDays, facts_beside, last_passes
from pathways.selectors.facts.eligibility import Known
from pathways.selectors.facts.hours import HoursAround
from pathways.selectors.facts.rights import agreed_days, derogations_of, passes_with_changes
from pathways.selectors.outside.immersion_facts import ImmersionsAround
from pathways.selectors.outside.training_facts import TrainingsAround
from pathways.selectors.rule_book import read_book

MOST = 500
"""The list stops there: whoever has more to settle begins with these."""
PEOPLE_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Reserve:
    """One thing to settle: what a rule finds, in what, and the day it speaks of."""

    finding: Finding
    person: Beneficiary
    target: Stay | Exit | IaePass | Immersion | Training
    what: str
    day: date


def reserves_to_settle(actor: Actor, *, today: date, code: str | None = None) -> list[Reserve]:
    """Contradictions and réserves of the actor's own structures, `MOST` at most, person by person; of one code only."""
    found = _reserves(actor, today)
    return list(islice((each for each in found if code is None or each.finding.code == code), MOST))


def _reserves(actor: Actor, today: date) -> Iterator[Reserve]:
    stays = Stay.objects.covered_by(actor)
    people = sorted(set(stays.values_list("beneficiary_id", flat=True)))
    book = read_book() if people else RuleBook(())
    for batch in batches(people, PEOPLE_AT_ONCE):
        found = _of_people(actor, list(batch), book, today)
        yield from sorted(found, key=lambda each: (alphabetical(each.person), each.person.pk, each.day))


def _of_people(actor: Actor, people: Collection[int], book: RuleBook, today: date) -> Iterator[Reserve]:
    """Everything about these people; a constant number of queries."""
    stays = Stay.objects.covered_by(actor).filter(beneficiary_id__in=people)
    contracts = list(
        Contract.objects.filter(stay__in=stays.values("pk"))
        .select_related("stay__beneficiary", "stay__organisation", "initial")
        .order_by("stay__beneficiary_id", "stay__organisation_id", "started_on", "pk")
    )
    yield from _of_contracts(
        contracts, last_passes(people), derogations_of(people), Known.of(people), book, today
    )
    yield from _of_hours({each.pk: each for each in contracts}, people, book, today)
    yield from _of_passes(actor, people, book, today)
    yield from _of_entries(stays, contracts, today)
    yield from _of_immersions(actor, people, book, today)
    yield from _of_trainings(actor, people, today)
    left = Exit.objects.filter(stay__in=stays.values("pk")).select_related("stay__beneficiary")
    for exit_ in left:
        found = [
            *exits.exit_findings(started_on=exit_.stay.started_on, on=exit_.occurred_on, today=today),
            *exits.day_findings(on=exit_.occurred_on, today=today, born_on=exit_.stay.beneficiary.birth_date),
            *exits.motive_findings(motive=exit_.motive, contract_months=exit_.contract_months),
        ]
        for finding in _to_settle(found):
            yield Reserve(finding, exit_.stay.beneficiary, exit_, "Sortie", exit_.occurred_on)


def _of_contracts(
    contracts: list[Contract],
    passes: dict[int, PassDays],
    derogations: dict[tuple[int, int], list[Derogation]],
    right: Known,
    book: RuleBook,
    today: date,
) -> Iterator[Reserve]:
    """Each contract beside those that began before it: what goes past is the one to look at."""
    for (person, place), group in groupby(
        contracts, key=lambda each: (each.stay.beneficiary_id, each.stay.organisation_id)
    ):
        before: list[Contract] = []
        for contract in group:
            facts = facts_beside(
                contract,
                before,
                chain_of=lambda each: each.chain_id,
                renewed=contract.initial,
                structure_kind=contract.stay.organisation.kind,
                last_pass=passes.get(person),
                today=today,
                stay_days=(contract.stay.started_on, contract.stay.ended_on),
                born_on=contract.stay.beneficiary.birth_date,
                derogations=derogations.get((person, place), ()),
                eligibility=right.at(person, place, on=contract.started_on),
            )
            for finding in _to_settle(contract_findings(facts, book=book)):
                stay = contract.stay
                yield Reserve(finding, stay.beneficiary, stay, str(contract), contract.started_on)
            before.append(contract)


def _of_hours(
    contracts: dict[int, Contract], people: Collection[int], book: RuleBook, today: date
) -> Iterator[Reserve]:
    around = HoursAround.of(people, book=book, today=today)
    known, around.lines = around.lines, defaultdict(dict)
    lines = ((key, hours) for of_person in known.values() for key, hours in of_person.items())
    for key, hours in sorted(lines, key=lambda each: (each[0].month, each[0])):
        found = around.findings(key, hours, before=Decimal(0), month_before=Decimal(0))
        contract = contracts.get(key.contract_id)
        if contract is None:
            continue
        for finding in _to_settle(found):
            what = f"Heures de {key.month:%m/%Y}"
            yield Reserve(finding, contract.stay.beneficiary, contract.stay, what, key.month)


def _of_entries(stays: StayQuerySet, contracts: list[Contract], today: date) -> Iterator[Reserve]:
    """Entries on a day nobody can mean; of those a contract made, the contract says it."""
    told = {(each.stay_id, each.started_on) for each in contracts}
    for stay in stays.select_related("beneficiary"):
        person = stay.beneficiary
        if (stay.pk, stay.started_on) not in told:
            for finding in entry_findings(started_on=stay.started_on, today=today, born_on=person.birth_date):
                yield Reserve(finding, person, stay, "Entrée", stay.started_on)


def _of_immersions(actor: Actor, people: Collection[int], book: RuleBook, today: date) -> Iterator[Reserve]:
    """Each convention beside those that began before it: what goes past is the one to look at."""
    around = ImmersionsAround.of(people)
    rows = Immersion.objects.visible_to(actor).standing().filter(beneficiary_id__in=people)
    for row in rows.select_related("beneficiary", "organisation"):
        kind = row.organisation.kind if row.organisation else ""
        facts = around.facts(row, today=today, structure_kind=kind)
        facts = replace(facts, others=tuple(each for each in facts.others if each.start <= row.started_on))
        for finding in _to_settle(immersion_findings(facts, book=book)):
            yield Reserve(finding, row.beneficiary, row, f"Immersion chez {row.host_name}", row.started_on)


def _of_trainings(actor: Actor, people: Collection[int], today: date) -> Iterator[Reserve]:
    """Each by itself: what the person's other trainings and stays say of one is a remark, never to settle."""
    rows = Training.objects.visible_to(actor).standing().filter(beneficiary_id__in=people)
    for row in rows.select_related("beneficiary"):
        around = TrainingsAround(born={row.beneficiary_id: row.beneficiary.birth_date})
        for finding in _to_settle(training_findings(around.facts(row, today=today))):
            yield Reserve(finding, row.beneficiary, row, f"Formation « {row.title} »", row.started_on)


def _of_passes(actor: Actor, people: Collection[int], book: RuleBook, today: date) -> Iterator[Reserve]:
    rows = IaePass.objects.visible_to(actor).filter(beneficiary_id__in=people)
    before: dict[int, list[OtherPass]] = defaultdict(list)
    same = IaePass.objects.visible_to(actor).filter(number__in=rows.order_by().values("number"))
    holders: dict[str, set[int]] = defaultdict(set)
    for number, holder in same.order_by().values_list("number", "beneficiary_id"):
        holders[number].add(holder)
    passes = list(rows.select_related("beneficiary").order_by("starts_on", "pk"))
    changed, agreed = passes_with_changes(passes), agreed_days(people)
    for iae in passes:
        others = before[iae.beneficiary_id]
        start, end, born_on = iae.starts_on, iae.ends_on, iae.beneficiary.birth_date
        found = [
            *day_findings(starts_on=start, ends_on=end, today=today, born_on=born_on),
            *pass_findings(
                starts_on=start, ends_on=end, others=others, book=book, agreed=agreed[iae.beneficiary_id]
            ),
            *number_findings(is_held_by_another=len(holders[iae.number]) > 1),
        ]
        for finding in _to_settle(found):
            yield Reserve(finding, iae.beneficiary, iae, str(iae), iae.starts_on)
        facts = changed[iae.pk]
        others.append(OtherPass(facts.start, facts.last_day, facts.waits_from))


def _to_settle(findings: Collection[Finding] | Iterator[Finding]) -> Iterator[Finding]:
    return (finding for finding in findings if finding.is_contradiction or finding.refuses)
